frappe.listview_settings["Fee Tariff"] = {
	add_fields: ["workflow_state"],
	get_indicator(doc) {
		const state = doc.workflow_state;
		const colours = { Draft: "gray", Announced: "orange", Approved: "blue", "In Force": "green", Ended: "gray" };
		return [__(state), colours[state] || "gray", `workflow_state,=,${state}`];
	},
};
