frappe.ui.form.on("Property Building", {
	refresh(frm) {
		if (frm.is_new()) return;
		frm.add_custom_button(__("Unit Grid"), () => frappe.set_route("unit-grid", frm.doc.project, frm.doc.name));
	},
});
