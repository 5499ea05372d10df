frappe.listview_settings["Publicity Material"] = {
	has_indicator_for_draft: true,
	has_indicator_for_cancelled: true,
	add_fields: ["retired", "usable_until"],
	get_indicator(doc) {
		if (doc.retired) return [__("Retired"), "gray", "retired,=,1"];
		if (doc.usable_until && doc.usable_until < frappe.datetime.get_today()) {
			return [__("Right of Use Is Over"), "red", `usable_until,<,${frappe.datetime.get_today()}`];
		}
		return [__("Usable"), "green", "retired,=,0"];
	},
};
