frappe.listview_settings["Staff Checklist"] = {
	add_fields: ["status", "due_on"],
	get_indicator(doc) {
		if (doc.status === "Done") return [__("Done"), "green", "status,=,Done"];
		if (doc.due_on && doc.due_on < frappe.datetime.get_today()) return [__("Overdue"), "red", "status,=,To Do"];
		return [__("To Do"), "orange", "status,=,To Do"];
	},
};
