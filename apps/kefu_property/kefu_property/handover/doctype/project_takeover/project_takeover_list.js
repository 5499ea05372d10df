frappe.listview_settings["Project Takeover"] = {
	add_fields: ["workflow_state", "open_defects"],
	has_indicator_for_draft: true,
	has_indicator_for_cancelled: true,
	get_indicator(doc) {
		if (doc.workflow_state === "Approved" && doc.open_defects) {
			return [__("{0} defects open", [doc.open_defects]), "orange", "docstatus,=,1|open_defects,>,0"];
		}
		const colours = { Draft: "gray", "Pending Approval": "orange", Approved: "green", Cancelled: "gray" };
		return [__(doc.workflow_state), colours[doc.workflow_state], `workflow_state,=,${doc.workflow_state}`];
	},
};
