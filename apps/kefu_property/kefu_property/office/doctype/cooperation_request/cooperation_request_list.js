frappe.listview_settings["Cooperation Request"] = {
	add_fields: ["workflow_state", "due_on"],
	get_indicator(doc) {
		const state = doc.workflow_state;
		if (state === "Sent" && doc.due_on < frappe.datetime.get_today()) {
			return [__("Overdue"), "red", "workflow_state,=,Sent|due_on,<,Today"];
		}
		const colours = { Sent: "orange", Promised: "blue", Declined: "red", Closed: "green" };
		return [__(state), colours[state] || "gray", `workflow_state,=,${state}`];
	},
};
