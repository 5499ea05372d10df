frappe.ui.form.on("Post Shift", {
	refresh(frm) {
		if (frm.doc.starts_on > frappe.datetime.now_datetime()) {
			frm.add_custom_button(__("Swap Shift"), () =>
				frappe.new_doc("Duty Swap", { project: frm.doc.project, duty_shift: frm.doc.name })
			);
		}
	},
});
