frappe.ui.form.on("External Visit", {
	setup(frm) {
		frm.set_query("organisation", () => ({ filters: { project: frm.doc.project, disabled: 0 } }));
		frm.set_query("plan", () => ({ filters: { project: frm.doc.project, docstatus: 1 } }));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		frm.add_custom_button(__("Note a Commitment"), () =>
			frappe.new_doc("External Commitment", {
				project: frm.doc.project,
				organisation: frm.doc.organisation,
				visit: frm.doc.name,
			})
		).addClass("btn-primary");
	},
});
