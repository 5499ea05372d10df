frappe.query_reports["Store Reorder List"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{ fieldname: "store", label: __("Store"), fieldtype: "Link", options: "Material Store" },
	],
	onload(report) {
		if (!frappe.model.can_create("Store Purchase Request")) return;
		report.page.add_inner_button(__("Ask to Purchase"), () => {
			const store = report.get_filter_value("store");
			if (!store) {
				frappe.msgprint(__("Choose a store first."));
				return;
			}
			frappe
				.xcall(
					"kefu_property.stores.doctype.store_purchase_request.store_purchase_request.order_what_is_short",
					{ store }
				)
				.then((name) => frappe.set_route("Form", "Store Purchase Request", name));
		});
	},
};
