frappe.ui.form.on("Agency Settlement", {
	setup(frm) {
		frm.set_query("fee_item", () => ({ filters: { is_agency: 1, disabled: 0 } }));
	},

	refresh(frm) {
		if (!frm.is_new() && frm.doc.workflow_state === "Approved" && frappe.user.has_role("Accountant")) {
			frm.add_custom_button(__("Record Transfer"), () => kefu_record_transfer(frm)).addClass("btn-primary");
		}
	},
});

function kefu_record_transfer(frm) {
	frappe.prompt(
		[
			{
				fieldname: "paid_on",
				fieldtype: "Date",
				label: __("Paid On"),
				reqd: 1,
				default: frappe.datetime.get_today(),
			},
			{ fieldname: "reference_no", fieldtype: "Data", label: __("Reference No"), reqd: 1 },
			{ fieldname: "proof", fieldtype: "Attach", label: __("Transfer Slip") },
		],
		async (values) => {
			await frappe.xcall("kefu_property.billing.agency.record_transfer", { settlement: frm.doc.name, ...values });
			frm.reload_doc();
		},
		__("Record Transfer"),
		__("Save")
	);
}
