frappe.listview_settings["Internal Audit"] = {
	add_fields: ["workflow_state", "planned_on"],
	has_indicator_for_draft: true,
	has_indicator_for_cancelled: true,
	get_indicator(doc) {
		const state = doc.workflow_state || "Planned";
		if (state === "Planned" && doc.planned_on < frappe.datetime.get_today()) {
			return [__("Overdue"), "red", "workflow_state,=,Planned|planned_on,<,Today"];
		}
		const colours = { Planned: "blue", "In Progress": "blue", "Pending Approval": "orange", Approved: "green" };
		return [__(state), colours[state] || "gray", `workflow_state,=,${state}`];
	},
};
