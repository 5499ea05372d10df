frappe.ui.form.on("Fee Deposit", {
	setup(frm) {
		frm.set_query("fee_item", () => ({ filters: { category: "Deposit", disabled: 0 } }));
		frm.set_query("unit", () => ({ filters: { project: frm.doc.project || "" } }));
		frm.set_query("resident", () => ({ filters: { project: frm.doc.project || "" } }));
	},
	refresh(frm) {
		if (frm.doc.docstatus !== 1) {
			frm.set_intro(frm.is_new() ? "" : __("Submit takes the money and prints the receipt number."), "blue");
			return;
		}
		frm.page.clear_secondary_action();
		const may = frappe.user.has_role("Cashier") || frappe.user.has_role("Accountant");
		if (may && ["Held", "Partly Returned"].includes(frm.doc.status)) {
			frm.add_custom_button(__("Return Deposit"), () =>
				frappe.new_doc("Fee Refund", {
					source: "Deposit",
					project: frm.doc.project,
					fee_deposit: frm.doc.name,
					resident: frm.doc.resident,
					amount: frm.doc.balance,
				})
			);
		}
	},
});
