frappe.listview_settings["Publicity Campaign"] = {
	has_indicator_for_draft: true,
	has_indicator_for_cancelled: true,
	add_fields: ["workflow_state", "to_date"],
	get_indicator(doc) {
		if (doc.workflow_state === "Approved" && doc.to_date < frappe.datetime.get_today()) {
			return [__("Result Due"), "red", `workflow_state,=,Approved|to_date,<,${frappe.datetime.get_today()}`];
		}
		const colour = {
			Draft: "gray",
			"Pending Approval": "orange",
			Approved: "blue",
			Completed: "green",
			Cancelled: "gray",
		}[doc.workflow_state];
		return [__(doc.workflow_state), colour, `workflow_state,=,${doc.workflow_state}`];
	},
};
