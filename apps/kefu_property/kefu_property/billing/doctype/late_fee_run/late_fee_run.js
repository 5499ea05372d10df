frappe.ui.form.on("Late Fee Run", {
	refresh(frm) {
		if (frm.doc.warning) frm.dashboard.set_headline(frappe.utils.escape_html(frm.doc.warning), "orange");
		if (frm.is_new() || !frappe.user.has_role("Accountant")) return;
		const state = frm.doc.workflow_state;
		if (["Draft", "Previewed"].includes(state)) {
			frm.add_custom_button(__("Preview"), async () => {
				if (frm.is_dirty()) await frm.save();
				await frappe.xcall("kefu_property.billing.late_fees.preview", { run: frm.doc.name });
				frm.reload_doc();
			});
		}
		if (state === "Approved") {
			frm.add_custom_button(__("Cancel Run"), () =>
				frappe.prompt(
					[{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 }],
					async (values) => {
						await frappe.xcall("kefu_property.billing.late_fees.cancel", {
							run: frm.doc.name,
							reason: values.reason,
						});
						frm.reload_doc();
					},
					__("Cancel the run and all its bills"),
					__("Cancel Run")
				)
			);
		}
	},
});
