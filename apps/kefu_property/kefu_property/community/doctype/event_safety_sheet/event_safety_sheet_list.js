frappe.listview_settings["Event Safety Sheet"] = {
	has_indicator_for_draft: true,
	has_indicator_for_cancelled: true,
	add_fields: ["workflow_state", "incident_count", "risk"],
	get_indicator(doc) {
		if (doc.incident_count) return [__("Incident"), "red", "incident_count,>,0"];
		const colour = { Draft: "gray", "Pending Approval": "orange", "Signed Off": "blue", Closed: "green" };
		return [__(doc.workflow_state), colour[doc.workflow_state], `workflow_state,=,${doc.workflow_state}`];
	},
};
