frappe.listview_settings["Archive Loan"] = {
	add_fields: ["status", "workflow_state", "due_on"],
	has_indicator_for_draft: true,
	has_indicator_for_cancelled: true,
	get_indicator(doc) {
		if (doc.docstatus !== 1) {
			const colours = { "Pending Approval": "orange" };
			const state = doc.workflow_state || "Draft";
			return [__(state), colours[state] || "gray", `workflow_state,=,${state}`];
		}
		if (doc.status !== "Returned" && doc.due_on < frappe.datetime.get_today()) {
			return [__("Overdue"), "red", "status,in,Lent,Partly Returned|due_on,<,Today"];
		}
		const colours = { Lent: "blue", "Partly Returned": "orange", Returned: "green" };
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},
};
