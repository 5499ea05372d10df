frappe.ui.form.on("Fixed Asset Count", {
	setup(frm) {
		frm.set_query("department", () => ({ filters: { project: frm.doc.project, disabled: 0 } }));
	},

	refresh(frm) {
		frm.set_df_property("items", "cannot_add_rows", 1);
		if (frm.is_new()) {
			frm.set_intro(__("Save: the assets are listed then. Scan their labels with the phone."));
			return;
		}
		if (frm.doc.docstatus || frm.doc.status !== "Draft") return;
		frm.add_custom_button(__("Scan Labels"), () => frappe.set_route("asset-scan", frm.doc.name)).addClass(
			"btn-primary"
		);
	},
});
