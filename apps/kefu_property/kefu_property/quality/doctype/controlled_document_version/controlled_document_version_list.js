frappe.listview_settings["Controlled Document Version"] = {
	add_fields: ["workflow_state", "docstatus"],
	has_indicator_for_draft: true,
	has_indicator_for_cancelled: true,
	// people look for what is valid; the other versions are one click away
	filters: [["workflow_state", "=", "In Force"]],
	get_indicator(doc) {
		const colours = {
			"In Force": "green",
			Approved: "blue",
			"Pending Review": "orange",
			"Pending Approval": "orange",
			Obsolete: "red",
		};
		const state = doc.workflow_state || "Draft";
		return [__(state), colours[state] || "gray", `workflow_state,=,${state}`];
	},
};
