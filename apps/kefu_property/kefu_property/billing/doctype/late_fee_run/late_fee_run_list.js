frappe.listview_settings["Late Fee Run"] = {
	add_fields: ["workflow_state"],
	get_indicator(doc) {
		const state = doc.workflow_state;
		const colours = {
			Draft: "gray",
			Previewed: "blue",
			"Pending Approval": "orange",
			Approved: "green",
			Cancelled: "gray",
		};
		return [__(state), colours[state] || "gray", `workflow_state,=,${state}`];
	},
};
