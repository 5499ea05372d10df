frappe.ui.form.on("Dormitory Deduction", {
	refresh(frm) {
		if (frm.doc.status !== "Unsettled") return;
		if (frappe.user.has_role("HR Clerk")) {
			frm.add_custom_button(__("Waive"), () =>
				frappe.prompt(
					[{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 }],
					async ({ reason }) => {
						await frappe.xcall("kefu_property.dormitory.deductions.waive", {
							deduction: frm.doc.name,
							reason,
						});
						frm.reload_doc();
					},
					__("Waive")
				)
			);
		}
	},
});
