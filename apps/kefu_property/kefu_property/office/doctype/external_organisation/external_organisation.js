frappe.ui.form.on("External Organisation", {
	setup(frm) {
		frm.set_query("responsible", () => ({ filters: { user_type: "System User", enabled: 1 } }));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		const values = { project: frm.doc.project, organisation: frm.doc.name };
		frm.add_custom_button(__("Note a Visit"), () => frappe.new_doc("External Visit", values)).addClass(
			"btn-primary"
		);
		frm.add_custom_button(__("Note a Commitment"), () => frappe.new_doc("External Commitment", values));
		if (frm.doc.next_visit && frm.doc.next_visit < frappe.datetime.get_today()) {
			frm.dashboard.set_headline(__("A visit is due."), "orange");
		}
	},
});
