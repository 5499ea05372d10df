frappe.listview_settings["Rule Acknowledgement"] = {
	add_fields: ["status", "due_on"],
	get_indicator(doc) {
		if (doc.status === "Due" && doc.due_on < frappe.datetime.get_today()) {
			return [__("Overdue"), "red", "status,=,Due|due_on,<,Today"];
		}
		const colours = { Due: "orange", Acknowledged: "green", "No Longer Needed": "gray" };
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},
};
