frappe.ui.form.on("Publicity Campaign", {
	setup(frm) {
		frm.set_query("material", "channels", () => ({ filters: { project: frm.doc.project, retired: 0 } }));
	},
});
