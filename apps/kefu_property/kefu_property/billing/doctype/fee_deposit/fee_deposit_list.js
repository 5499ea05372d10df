frappe.listview_settings["Fee Deposit"] = {
	add_fields: ["status"],
	hide_name_column: true,
	get_indicator(doc) {
		const states = {
			"Awaiting Payment": [__("Awaiting Payment"), "orange"],
			Held: [__("Held"), "blue"],
			"Partly Returned": [__("Partly Returned"), "blue"],
			Returned: [__("Returned"), "green"],
			Reversed: [__("Reversed"), "red"],
		};
		const [label, colour] = states[doc.status] || [__("Draft"), "gray"];
		return [label, colour, `status,=,${doc.status}`];
	},
	has_indicator_for_draft: true,
};
