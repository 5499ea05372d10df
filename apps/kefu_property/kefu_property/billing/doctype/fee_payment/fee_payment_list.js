frappe.listview_settings["Fee Payment"] = {
	add_fields: ["status", "amount"],
	hide_name_column: true,
	get_indicator(doc) {
		const colour = { Posted: "green", Reversed: "red", Reversal: "orange" }[doc.status] || "gray";
		const label = { Posted: __("Posted"), Reversed: __("Reversed"), Reversal: __("Reversal") };
		return [label[doc.status] || __("Draft"), colour, `status,=,${doc.status}`];
	},
	onload(list) {
		if (frappe.user.has_role("Cashier") || frappe.user.has_role("Accountant")) {
			list.page.set_primary_action(__("Collect Payment"), () => frappe.set_route("collect-payment"));
		}
	},
};
