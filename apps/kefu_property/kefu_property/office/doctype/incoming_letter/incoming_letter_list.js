frappe.listview_settings["Incoming Letter"] = {
	add_fields: ["workflow_state", "due_on", "urgency", "open_handlers"],
	get_indicator(doc) {
		const state = doc.workflow_state || "Registered";
		if (state !== "Closed" && doc.due_on && doc.due_on < frappe.datetime.get_today()) {
			return [__("Overdue"), "red", "workflow_state,!=,Closed|due_on,is,set|due_on,<,Today"];
		}
		const colours = {
			Registered: "blue",
			"Awaiting Instruction": "orange",
			"In Handling": "orange",
			Closed: "green",
		};
		return [__(state), colours[state] || "gray", `workflow_state,=,${state}`];
	},
};
