frappe.ui.form.on("Unit Charge", {
	refresh(frm) {
		if (frm.doc.workflow_state !== "Approved" || frm.doc.invoice || !frappe.user.has_role("Accountant")) return;
		frm.add_custom_button(__("Bill Now"), async () => {
			await frappe.xcall("kefu_property.billing.actions.bill_charge", { charge: frm.doc.name });
			frm.reload_doc();
		}).addClass("btn-primary");
	},
});
