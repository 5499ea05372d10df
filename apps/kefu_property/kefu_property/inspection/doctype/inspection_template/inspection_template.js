frappe.ui.form.on("Inspection Template", {
	setup(frm) {
		frappe.meta.get_docfield("Inspection Template Item", "item_text", frm.docname).formatter = (value) =>
			frappe.utils.escape_html(__(value || ""));
	},
});
