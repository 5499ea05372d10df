frappe.listview_settings["Advertising Contract"] = {
	add_fields: ["workflow_state", "docstatus", "from_date", "to_date", "ended_on", "next_due_on"],
	has_indicator_for_draft: true,
	get_indicator(doc) {
		const today = frappe.datetime.get_today();
		if (doc.docstatus !== 1) {
			const colours = { Draft: "gray", "Pending Approval": "orange", Cancelled: "gray" };
			return [__(doc.workflow_state), colours[doc.workflow_state], `workflow_state,=,${doc.workflow_state}`];
		}
		if (doc.ended_on || doc.to_date < today) return [__("Ended"), "gray", "docstatus,=,1|to_date,<,Today"];
		if (doc.next_due_on && doc.next_due_on < today) {
			return [__("Rent Overdue"), "red", "docstatus,=,1|next_due_on,<,Today"];
		}
		if (doc.to_date <= frappe.datetime.add_days(today, 30)) {
			return [__("Ending Soon"), "orange", "docstatus,=,1|to_date,>=,Today"];
		}
		return [__("In Force"), "green", "docstatus,=,1|to_date,>=,Today"];
	},
};
