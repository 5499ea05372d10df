frappe.listview_settings["Rectification"] = {
	add_fields: ["status", "due_date"],
	get_indicator(doc) {
		if (doc.status === "To Be Rectified" && doc.due_date < frappe.datetime.get_today()) {
			return [__("Overdue"), "red", "status,=,To Be Rectified|due_date,<,Today"];
		}
		const colours = { "To Be Rectified": "blue", "Rectification Reported": "orange", Closed: "green" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
