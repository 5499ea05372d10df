frappe.ui.form.on("Store Purchase Request", {
	setup(frm) {
		frm.set_query("store", () => ({ filters: { project: frm.doc.project, disabled: 0 } }));
		frm.set_query("item", "items", () => ({ filters: { disabled: 0 } }));
		frm.set_query("supplier", () => ({ filters: { disabled: 0 } }));
	},

	refresh(frm) {
		const open = ["Approved", "Partly Received"].includes(frm.doc.status);
		if (open && frappe.model.can_create("Store Movement")) {
			frm.add_custom_button(__("Receive Goods"), () =>
				frappe.model.open_mapped_doc({
					method: "kefu_property.stores.doctype.store_purchase_request.store_purchase_request.make_receipt",
					frm,
				})
			).addClass("btn-primary");
		}
	},
});
