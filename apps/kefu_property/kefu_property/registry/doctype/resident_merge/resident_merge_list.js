frappe.listview_settings["Resident Merge"] = {
	add_fields: ["workflow_state"],
	get_indicator(doc) {
		const colours = { Draft: "gray", "Pending Approval": "orange", Approved: "green", Rejected: "red" };
		const state = doc.workflow_state || "Draft";
		return [__(state), colours[state] || "gray", `workflow_state,=,${state}`];
	},
};
