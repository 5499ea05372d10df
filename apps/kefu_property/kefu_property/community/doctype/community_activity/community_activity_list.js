frappe.listview_settings["Community Activity"] = {
	add_fields: ["workflow_state", "docstatus", "quota", "registered_count"],
	get_indicator(doc) {
		const full = doc.quota && doc.registered_count >= doc.quota;
		if (doc.workflow_state === "Approved" && full) return [__("Full"), "orange", "workflow_state,=,Approved"];
		const colour = {
			Draft: "gray",
			"Pending Approval": "orange",
			"Director Approval": "orange",
			Approved: "blue",
			"Under Way": "blue",
			Finished: "green",
			Cancelled: "gray",
		}[doc.workflow_state];
		return [__(doc.workflow_state), colour, `workflow_state,=,${doc.workflow_state}`];
	},
};
