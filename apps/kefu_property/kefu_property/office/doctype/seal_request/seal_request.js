frappe.ui.form.on("Seal Request", {
	setup(frm) {
		frm.set_query("seal", () => ({ filters: { project: frm.doc.project, disabled: 0 } }));
		frm.set_query("issued_document", () => ({ filters: { project: frm.doc.project } }));
	},
});
