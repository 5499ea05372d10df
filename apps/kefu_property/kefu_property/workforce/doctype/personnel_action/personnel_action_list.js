frappe.listview_settings["Personnel Action"] = {
	add_fields: ["workflow_state", "applied", "effective_on"],
	has_indicator_for_draft: true,
	has_indicator_for_cancelled: true,
	get_indicator(doc) {
		if (doc.workflow_state === "Approved") {
			return doc.applied
				? [__("In Effect"), "green", "applied,=,1"]
				: [__("Waits for Its Day"), "blue", "workflow_state,=,Approved|applied,=,0"];
		}
		const colours = { "Pending Approval": "orange" };
		return [
			__(doc.workflow_state || "Draft"),
			colours[doc.workflow_state] || "gray",
			`workflow_state,=,${doc.workflow_state}`,
		];
	},
};
