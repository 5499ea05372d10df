frappe.listview_settings["Shift Handover"] = {
	add_fields: ["workflow_state", "due_on"],
	has_indicator_for_draft: true,
	get_indicator(doc) {
		const state = doc.workflow_state;
		const late = state !== "Taken Over" && doc.due_on && doc.due_on < frappe.datetime.now_datetime();
		if (late) return [__("Late"), "red", "workflow_state,!=,Taken Over|due_on,<,now"];
		const colours = { "On Duty": "blue", "Waiting for Takeover": "orange", "Taken Over": "green" };
		return [__(state), colours[state] || "gray", `workflow_state,=,${state}`];
	},
};
