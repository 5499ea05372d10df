frappe.ui.form.on("Facility Maintenance Plan", {
	setup(frm) {
		frm.set_query("facility", () => ({ filters: { project: frm.doc.project, status: ["!=", "Scrapped"] } }));
	},
});
