frappe.ui.form.on("Material Store", {
	refresh(frm) {
		if (frm.is_new()) return;
		frm.add_custom_button(__("Stock"), () =>
			frappe.set_route("query-report", "Store Balance", { store: frm.doc.name })
		);
		frm.add_custom_button(__("Count the Store"), () =>
			frappe.new_doc("Store Count", { project: frm.doc.project, store: frm.doc.name })
		);
	},
});
