frappe.ui.form.on("Fee Tariff Assignment", {
	setup(frm) {
		for (const fieldname of ["building", "unit"]) {
			frm.set_query(fieldname, () => ({ filters: { project: frm.doc.project } }));
		}
	},
});
