frappe.listview_settings["Training Certificate"] = {
	add_fields: ["valid_until"],
	get_indicator(doc) {
		const today = frappe.datetime.get_today();
		return doc.valid_until && doc.valid_until < today
			? [__("Expired"), "red", `valid_until,<,${today}`]
			: [__("Valid"), "green", "issued_on,is,set"];
	},
};
