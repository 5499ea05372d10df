frappe.ui.form.on("Document Reading", {
	refresh(frm) {
		frm.disable_save();
		frm.add_custom_button(__("Open the Document"), () =>
			frappe.set_route("Form", "Issued Document", frm.doc.issued_document)
		).addClass("btn-primary");
	},
});
