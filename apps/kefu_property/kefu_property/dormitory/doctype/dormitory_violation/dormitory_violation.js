frappe.ui.form.on("Dormitory Violation", {
	setup(frm) {
		frm.set_query("stay", () => ({ filters: { project: frm.doc.project } }));
	},
});
