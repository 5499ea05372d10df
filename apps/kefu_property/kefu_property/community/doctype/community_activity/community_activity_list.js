frappe.listview_settings["Community Activity"] = {
	has_indicator_for_draft: true,
	has_indicator_for_cancelled: true,
	add_fields: ["workflow_state", "docstatus", "quota", "registered_count"],
	get_indicator(doc) {
		const full = doc.quota && doc.registered_count >= doc.quota;
		if (doc.workflow_state === "Approved" && full)
			return [__("Fully Taken"), "orange", "workflow_state,=,Approved"];
		const colour = {
			Draft: "gray",
			"Pending Approval": "orange",
			"Director Approval": "orange",
			Approved: "blue",
			"Under Way": "blue",
			Completed: "green",
			Cancelled: "gray",
		}[doc.workflow_state];
		return [__(doc.workflow_state), colour, `workflow_state,=,${doc.workflow_state}`];
	},
};
