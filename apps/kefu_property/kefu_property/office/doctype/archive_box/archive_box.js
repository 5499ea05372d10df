frappe.ui.form.on("Archive Box", {
	setup(frm) {
		frm.set_query("archive_class", () => ({ filters: { disabled: 0 } }));
	},
});
