frappe.ui.form.on("Key Set", {
	setup(frm) {
		for (const field of ["cabinet", "unit"]) {
			frm.set_query(field, () => ({ filters: { project: frm.doc.project } }));
		}
	},
});
