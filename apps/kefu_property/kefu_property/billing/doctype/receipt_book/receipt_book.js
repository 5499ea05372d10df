frappe.ui.form.on("Receipt Book", {
	refresh(frm) {
		if (frm.is_new()) return;
		frm.disable_save();
		const accountant = frappe.user.has_role("Accountant");
		const mine = frm.doc.cashier === frappe.session.user;
		const act = async (method, args) => {
			const answer = await frappe.xcall(`kefu_property.billing.actions.${method}`, {
				book: frm.doc.name,
				...args,
			});
			if (answer)
				frappe.show_alert({ message: __("Receipt number {0} is void.", [answer]), indicator: "orange" });
			await frm.reload_doc();
		};
		if (accountant && ["In Stock", "Returned"].includes(frm.doc.status)) {
			frm.add_custom_button(__("Give to Cashier"), () =>
				frappe.prompt(
					[{ fieldname: "cashier", fieldtype: "Link", options: "User", label: __("Cashier"), reqd: 1 }],
					(values) => act("issue_receipt_book", values),
					__("Give Receipt Book to Cashier"),
					__("Give to Cashier")
				)
			);
		}
		if (frm.doc.status !== "Used Up" && (accountant || mine)) {
			frm.add_custom_button(__("Void Number"), () =>
				frappe.prompt(
					[{ fieldname: "reason", fieldtype: "Data", label: __("Reason"), reqd: 1 }],
					(values) => act("void_receipt_number", values),
					__("The next number becomes void"),
					__("Void Number")
				)
			);
		}
		if (frm.doc.status === "With Cashier" && (accountant || mine)) {
			frm.add_custom_button(__("Return"), () => act("return_receipt_book", {}));
		}
	},
});
