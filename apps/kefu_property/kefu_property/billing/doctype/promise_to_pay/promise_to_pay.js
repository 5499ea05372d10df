frappe.ui.form.on("Promise to Pay", {
	setup(frm) {
		frm.set_query("resident", () => ({ filters: { project: frm.doc.project } }));
	},

	refresh(frm) {
		if (!frm.is_new() && frm.doc.state === "Open" && frm.perm[0].write) {
			frm.add_custom_button(__("Withdraw"), async () => {
				await frappe.xcall("kefu_property.billing.doctype.promise_to_pay.promise_to_pay.withdraw", {
					promise: frm.doc.name,
				});
				frm.reload_doc();
			});
		}
	},
});
