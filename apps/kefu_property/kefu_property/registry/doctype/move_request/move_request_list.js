frappe.listview_settings["Move Request"] = {
	add_fields: ["workflow_state", "move_type"],
	get_indicator(doc) {
		const colours = {
			Draft: "gray",
			"Pending Approval": "orange",
			Approved: "blue",
			Completed: "green",
			Rejected: "red",
			Cancelled: "gray",
		};
		const state = doc.workflow_state || "Draft";
		return [__(state), colours[state] || "gray", `workflow_state,=,${state}`];
	},
};
