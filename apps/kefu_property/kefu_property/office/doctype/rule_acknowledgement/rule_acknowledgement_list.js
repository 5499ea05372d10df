frappe.listview_settings["Rule Acknowledgement"] = {
	add_fields: ["status", "due_on"],
	get_indicator(doc) {
		if (doc.status === "To Be Acknowledged" && doc.due_on < frappe.datetime.get_today()) {
			return [__("Overdue"), "red", "status,=,To Be Acknowledged|due_on,<,Today"];
		}
		const colours = { "To Be Acknowledged": "orange", Acknowledged: "green", "No Longer Needed": "gray" };
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},
};
