frappe.listview_settings["Disclosure Objection"] = {
	has_indicator_for_draft: true,
	has_indicator_for_cancelled: true,
	add_fields: ["status", "due_on"],
	get_indicator(doc) {
		if (doc.status === "Answered") return [__("Answered"), "green", "status,=,Answered"];
		if (doc.status === "Withdrawn") return [__("Withdrawn"), "gray", "status,=,Withdrawn"];
		if (doc.due_on < frappe.datetime.get_today()) {
			return [__("Overdue"), "red", `status,=,Waiting for Answer|due_on,<,${frappe.datetime.get_today()}`];
		}
		return [__("Waiting for Answer"), "orange", "status,=,Waiting for Answer"];
	},
};
