frappe.ui.form.on("Nonconformity Report", {
	setup(frm) {
		frm.set_query("area", () => ({ filters: { project: frm.doc.project, disabled: 0 } }));
		frm.set_query("clause", () => ({ filters: { disabled: 0, clause_number: ["is", "set"] } }));
	},

	onload(frm) {
		if (!frm.is_new()) return;
		const today = frappe.datetime.get_today();
		frm.set_value("found_on", frm.doc.found_on || today);
		frm.set_value("found_by", frm.doc.found_by || frappe.session.user);
		frm.set_value("plan_due", frm.doc.plan_due || frappe.datetime.add_days(today, 15));
	},

	area: async (frm) => {
		if (!frm.doc.area || frm.doc.responsible) return;
		const { message } = await frappe.db.get_value("Audit Area", frm.doc.area, "responsible");
		if (message.responsible) frm.set_value("responsible", message.responsible);
	},

	refresh(frm) {
		const status = frm.doc.status;
		const found = ["source", "severity", "clause", "area", "found_on", "found_by", "description", "evidence"];
		found.forEach((field) => frm.set_df_property(field, "read_only", status === "Draft" ? 0 : 1));
		// each step shows what it fills in
		frm.toggle_enable(["cause_kind", "cause", "correction"], ["Draft", "Plan Due"].includes(status));
		frm.toggle_enable("check_due", !["Closed", "Cancelled"].includes(status));
		frm.toggle_enable("effect_note", status === "Effect Check");
		frm.toggle_reqd(["cause_kind", "cause"], status === "Plan Due");
		frm.toggle_reqd("effect_note", status === "Effect Check");
		if (frm.doc.next_due && frm.doc.next_due < frappe.datetime.get_today()) {
			frm.dashboard.set_headline(__("Overdue since {0}", [frappe.datetime.str_to_user(frm.doc.next_due)]), "red");
		}
		if (frm.doc.reopen_count) {
			frm.dashboard.add_comment(
				__("Reopened {0} times: earlier action did not help.", [frm.doc.reopen_count]),
				"orange"
			);
		}
	},
});
