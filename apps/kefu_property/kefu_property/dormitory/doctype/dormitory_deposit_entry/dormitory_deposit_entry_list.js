frappe.listview_settings["Dormitory Deposit Entry"] = {
	add_fields: ["kind"],
	get_indicator(doc) {
		const colours = { "Paid In": "green", Deducted: "orange", Refunded: "gray" };
		return [__(doc.kind), colours[doc.kind], `kind,=,${doc.kind}`];
	},
};
