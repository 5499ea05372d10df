frappe.ui.form.on("Fee Payment", {
	refresh(frm) {
		frm.disable_save();
		if (frm.is_new() || frm.doc.docstatus !== 1) return;
		frm.page.clear_secondary_action();
		frm.add_custom_button(__("Print Receipt"), () => kefu_print_receipt(frm.doc.name));
		const may = frappe.user.has_role("Cashier") || frappe.user.has_role("Accountant");
		if (frm.doc.status === "Posted" && may) {
			frm.add_custom_button(__("Reverse Receipt"), () => kefu_reverse(frm));
		}
	},
});

function kefu_print_receipt(name) {
	const query = new URLSearchParams({ doctype: "Fee Payment", name, format: "Fee Receipt", no_letterhead: "1" });
	window.open(`/api/method/frappe.utils.print_format.download_pdf?${query}`);
}

function kefu_reverse(frm) {
	frappe.prompt(
		[{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 }],
		async (values) => {
			const receipt = await frappe.xcall("kefu_property.billing.actions.reverse_receipt", {
				payment: frm.doc.name,
				reason: values.reason,
			});
			frappe.show_alert({ message: __("Reversed by receipt {0}.", [receipt.receipt_no]), indicator: "green" });
			frm.reload_doc();
		},
		__("Reverse Receipt"),
		__("Reverse Receipt")
	);
}
