frappe.listview_settings["Special Service"] = {
	add_fields: ["workflow_state"],
	get_indicator(doc) {
		const colour = { Draft: "gray", "Pending Approval": "orange", Offered: "green", Withdrawn: "gray" };
		return [__(doc.workflow_state), colour[doc.workflow_state], `workflow_state,=,${doc.workflow_state}`];
	},
};
