frappe.listview_settings["Fee Waiver"] = {
	add_fields: ["workflow_state"],
	get_indicator(doc) {
		const state = doc.workflow_state;
		const colours = {
			Draft: "gray",
			"Pending Approval": "orange",
			Approved: "green",
			Rejected: "red",
			Cancelled: "gray",
		};
		return [__(state), colours[state] || "gray", `workflow_state,=,${state}`];
	},
};
