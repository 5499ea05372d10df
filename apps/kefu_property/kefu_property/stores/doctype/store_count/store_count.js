frappe.ui.form.on("Store Count", {
	setup(frm) {
		frm.set_query("store", () => ({ filters: { project: frm.doc.project, disabled: 0 } }));
	},

	refresh(frm) {
		frm.set_df_property("items", "cannot_add_rows", 1);
		if (frm.is_new()) {
			frm.set_intro(__("Save: the items of the store are listed then."));
			return;
		}
		if (frm.doc.docstatus || frm.doc.status !== "Draft") return;
		frm.add_custom_button(__("The Rest Is Right"), () => {
			frm.doc.items
				.filter((row) => !row.counted)
				.forEach((row) => frappe.model.set_value(row.doctype, row.name, "counted", String(row.book_quantity)));
			frm.save();
		});
	},
});
