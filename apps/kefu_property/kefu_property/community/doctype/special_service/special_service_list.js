frappe.listview_settings["Special Service"] = {
	has_indicator_for_draft: true,
	has_indicator_for_cancelled: true,
	add_fields: ["workflow_state"],
	get_indicator(doc) {
		const colour = { Draft: "gray", "Pending Approval": "orange", Offered: "green", "No Longer Offered": "gray" };
		return [__(doc.workflow_state), colour[doc.workflow_state], `workflow_state,=,${doc.workflow_state}`];
	},
};
