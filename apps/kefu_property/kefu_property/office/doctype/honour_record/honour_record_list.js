frappe.listview_settings["Honour Record"] = {
	add_fields: ["valid_until"],
	get_indicator(doc) {
		const today = frappe.datetime.get_today();
		if (doc.valid_until && doc.valid_until < today) return [__("Expired"), "gray", "valid_until,<,Today"];
		if (doc.valid_until && doc.valid_until < frappe.datetime.add_days(today, 90)) {
			return [__("Expires Soon"), "orange", `valid_until,<,${frappe.datetime.add_days(today, 90)}`];
		}
		return [__("In Force"), "green", "valid_until,is,not set"];
	},
};
