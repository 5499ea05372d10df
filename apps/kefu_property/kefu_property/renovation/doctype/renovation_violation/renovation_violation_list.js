frappe.listview_settings["Renovation Violation"] = {
	add_fields: ["status", "report_due", "reported_on"],
	get_indicator(doc) {
		if (doc.status !== "Closed" && !doc.reported_on && doc.report_due < frappe.datetime.now_datetime()) {
			return [__("To Be Reported"), "red", "status,!=,Closed|report_due,<,now|reported_on,is,not set"];
		}
		const colours = { "To Be Rectified": "blue", "Rectification Reported": "orange", Closed: "green" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
