frappe.listview_settings["Quality Objective"] = {
	add_fields: ["workflow_state", "attained", "docstatus"],
	has_indicator_for_draft: true,
	has_indicator_for_cancelled: true,
	get_indicator(doc) {
		const state = doc.workflow_state || "Draft";
		if (doc.docstatus === 1 && doc.attained) {
			const colours = { Attained: "green", Missed: "red", "Not Measured": "gray" };
			return [__(doc.attained), colours[doc.attained], `attained,=,${doc.attained}|docstatus,=,1`];
		}
		const colours = { "Pending Approval": "orange", Approved: "blue" };
		return [__(state), colours[state] || "gray", `workflow_state,=,${state}`];
	},
};
