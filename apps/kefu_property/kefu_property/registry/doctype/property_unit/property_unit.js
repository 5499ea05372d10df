frappe.ui.form.on("Property Unit", {
	setup(frm) {
		frm.set_query("building", () => ({ filters: { project: frm.doc.project || "" } }));
	},
	refresh(frm) {
		if (frm.is_new()) {
			return;
		}
		frm.add_custom_button(
			__("Move Request"),
			() => frappe.new_doc("Move Request", { project: frm.doc.project, unit: frm.doc.name }),
			__("Create")
		);
		frm.add_custom_button(
			__("Occupancy"),
			() => frappe.new_doc("Unit Occupancy", { project: frm.doc.project, unit: frm.doc.name }),
			__("Create")
		);
	},
});
