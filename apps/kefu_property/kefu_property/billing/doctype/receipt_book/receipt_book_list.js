frappe.listview_settings["Receipt Book"] = {
	add_fields: ["status", "cashier"],
	hide_name_column: true,
	get_indicator(doc) {
		const states = {
			"In Stock": [__("In Stock"), "gray"],
			"With Cashier": [__("With Cashier"), "blue"],
			Returned: [__("Returned"), "orange"],
			"Used Up": [__("Used Up"), "green"],
		};
		const [label, colour] = states[doc.status] || states["In Stock"];
		return [label, colour, `status,=,${doc.status}`];
	},
};
