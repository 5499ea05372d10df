frappe.listview_settings["Community Disclosure"] = {
	has_indicator_for_draft: true,
	has_indicator_for_cancelled: true,
	add_fields: ["workflow_state", "due_on", "docstatus", "open_objections"],
	get_indicator(doc) {
		if (doc.docstatus === 2) return [__("Cancelled"), "gray", "docstatus,=,2"];
		if (doc.docstatus === 1) {
			return doc.open_objections
				? [__("Objections Open"), "orange", "open_objections,>,0"]
				: [__("Published"), "green", "docstatus,=,1"];
		}
		if (doc.due_on < frappe.datetime.get_today()) {
			return [__("Overdue"), "red", `docstatus,=,0|due_on,<,${frappe.datetime.get_today()}`];
		}
		if (doc.workflow_state === "Pending Approval") {
			return [__("Pending Approval"), "orange", "workflow_state,=,Pending Approval"];
		}
		return [__("Draft"), "gray", "workflow_state,=,Draft"];
	},
};
