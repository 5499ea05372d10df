frappe.ui.form.on("Key Cabinet", {
	refresh(frm) {
		if (!frm.is_new()) {
			frm.add_custom_button(__("Picture"), () => frappe.set_route("key-board"));
			frm.add_custom_button(__("Count"), () =>
				frappe.new_doc("Key Count", { project: frm.doc.project, cabinet: frm.doc.name })
			);
		}
	},
});
