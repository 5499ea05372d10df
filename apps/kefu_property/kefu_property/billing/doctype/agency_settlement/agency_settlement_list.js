frappe.listview_settings["Agency Settlement"] = {
	add_fields: ["workflow_state"],
	get_indicator(doc) {
		const state = doc.workflow_state;
		const colours = {
			Draft: "gray",
			"Pending Approval": "orange",
			Approved: "green",
			Paid: "green",
			Rejected: "red",
		};
		return [__(state), colours[state] || "gray", `workflow_state,=,${state}`];
	},
};
