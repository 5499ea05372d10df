frappe.listview_settings["Management Review"] = {
	add_fields: ["workflow_state", "docstatus"],
	has_indicator_for_draft: true,
	has_indicator_for_cancelled: true,
	get_indicator(doc) {
		const state = doc.workflow_state || "Draft";
		const colours = { "Pending Approval": "orange", Approved: "green" };
		return [__(state), colours[state] || "gray", `workflow_state,=,${state}`];
	},
};
