frappe.listview_settings["Renovation Permit"] = {
	add_fields: ["status", "end_date"],
	get_indicator(doc) {
		if (doc.status === "In Progress" && doc.end_date < frappe.datetime.get_today()) {
			return [__("Expired"), "red", "status,=,In Progress|end_date,<,Today"];
		}
		const colours = { "In Progress": "blue", Stopped: "red", Closed: "green", Cancelled: "gray" };
		return [__(doc.status), colours[doc.status] || "orange", `status,=,${doc.status}`];
	},
};
