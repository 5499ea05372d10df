frappe.listview_settings["Dunning Run"] = {
	add_fields: ["workflow_state"],
	get_indicator(doc) {
		const state = doc.workflow_state;
		const colours = { Draft: "gray", Previewed: "blue", "Pending Approval": "orange", Approved: "green" };
		return [__(state), colours[state] || "gray", `workflow_state,=,${state}`];
	},
};
