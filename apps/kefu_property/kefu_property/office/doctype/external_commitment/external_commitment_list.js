frappe.listview_settings["External Commitment"] = {
	add_fields: ["status", "due_on", "side"],
	get_indicator(doc) {
		if (doc.status === "Pending" && doc.due_on < frappe.datetime.get_today()) {
			return [__("Overdue"), "red", "status,=,Pending|due_on,<,Today"];
		}
		const colours = { Pending: "blue", Fulfilled: "green", Dropped: "gray" };
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},
};
