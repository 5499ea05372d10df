frappe.listview_settings["Work Goal"] = {
	add_fields: ["workflow_state", "tone", "progress"],
	get_indicator(doc) {
		if (!["In Force", "Closed"].includes(doc.workflow_state)) {
			const waits = doc.workflow_state === "Pending Approval";
			return [__(doc.workflow_state), waits ? "orange" : "gray", `workflow_state,=,${doc.workflow_state}`];
		}
		const colours = { Achieved: "green", "On Track": "blue", Behind: "orange", "Not Achieved": "red" };
		return [__(doc.tone), colours[doc.tone] || "gray", `tone,=,${doc.tone}`];
	},
};
