frappe.listview_settings["Rule Version"] = {
	add_fields: ["force", "workflow_state", "acknowledged", "to_acknowledge"],
	has_indicator_for_draft: true,
	has_indicator_for_cancelled: true,
	get_indicator(doc) {
		if (doc.docstatus !== 1) {
			const colours = { "Pending Approval": "orange" };
			const state = doc.workflow_state || "Draft";
			return [__(state), colours[state] || "gray", `workflow_state,=,${state}`];
		}
		const colours = { "In Force": "green", "Not Yet in Force": "blue", Superseded: "gray" };
		return [__(doc.force), colours[doc.force] || "gray", `force,=,${doc.force}`];
	},
};
