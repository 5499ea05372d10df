frappe.listview_settings["Renovation Application"] = {
	add_fields: ["workflow_state", "permit", "risk"],
	has_indicator_for_draft: true,
	has_indicator_for_cancelled: true,
	filters: [["docstatus", "<", 2]],
	get_indicator(doc) {
		if (doc.workflow_state === "Approved") {
			return doc.permit
				? [__("Permit Issued"), "green", "permit,is,set"]
				: [__("Approved"), "blue", "workflow_state,=,Approved|permit,is,not set"];
		}
		const colours = { Draft: "gray", Rejected: "red", Cancelled: "gray" };
		return [
			__(doc.workflow_state),
			colours[doc.workflow_state] || "orange",
			`workflow_state,=,${doc.workflow_state}`,
		];
	},
};
