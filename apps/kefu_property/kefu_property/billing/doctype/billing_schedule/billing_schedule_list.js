frappe.listview_settings["Billing Schedule"] = {
	add_fields: ["enabled", "last_error"],
	hide_name_column: true,
	get_indicator(doc) {
		if (!doc.enabled) return [__("Off"), "gray", "enabled,=,0"];
		if (doc.last_error) return [__("Failed"), "red", "last_error,is,set"];
		return [__("Enabled"), "green", "enabled,=,1"];
	},
};
