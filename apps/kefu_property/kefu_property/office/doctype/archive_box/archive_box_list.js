frappe.listview_settings["Archive Box"] = {
	add_fields: ["full"],
	get_indicator(doc) {
		return doc.full ? [__("Box Full"), "gray", "full,=,1"] : [__("Has Room"), "green", "full,=,0"];
	},
};
