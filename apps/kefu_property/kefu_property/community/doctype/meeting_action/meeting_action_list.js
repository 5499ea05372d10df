frappe.listview_settings["Meeting Action"] = {
	add_fields: ["status", "due_date"],
	get_indicator(doc) {
		if (doc.status === "In Progress" && doc.due_date < frappe.datetime.get_today()) {
			return [__("Overdue"), "red", "status,=,In Progress|due_date,<,Today"];
		}
		const colours = { "In Progress": "blue", "Reported Done": "orange", Finished: "green" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
