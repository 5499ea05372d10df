frappe.listview_settings["Community Notice"] = {
	has_indicator_for_draft: true,
	has_indicator_for_cancelled: true,
	add_fields: ["workflow_state", "emergency", "valid_from", "valid_to", "docstatus"],
	get_indicator(doc) {
		const today = frappe.datetime.get_today();
		if (doc.docstatus === 2) return [__("Cancelled"), "gray", "docstatus,=,2"];
		if (doc.workflow_state === "Pending Approval") {
			return [__("Pending Approval"), "orange", "workflow_state,=,Pending Approval"];
		}
		if (doc.docstatus === 0) return [__("Draft"), "gray", "workflow_state,=,Draft"];
		if (doc.valid_to && doc.valid_to < today) return [__("Expired"), "gray", `valid_to,<,${today}|docstatus,=,1`];
		if (doc.valid_from > today) return [__("Planned"), "blue", `valid_from,>,${today}|docstatus,=,1`];
		if (doc.emergency) return [__("Emergency"), "red", "emergency,=,1|docstatus,=,1"];
		return [__("In Force"), "green", "docstatus,=,1"];
	},
};
