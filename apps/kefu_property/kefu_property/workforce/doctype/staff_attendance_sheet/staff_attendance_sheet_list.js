frappe.listview_settings["Staff Attendance Sheet"] = {
	add_fields: ["workflow_state"],
	has_indicator_for_draft: true,
	has_indicator_for_cancelled: true,
	get_indicator(doc) {
		const colours = { "Pending Approval": "orange", Approved: "green" };
		const state = doc.workflow_state || "Draft";
		return [__(state), colours[state] || "gray", `workflow_state,=,${state}`];
	},
};
