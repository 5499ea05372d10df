frappe.listview_settings["Facility Maintenance Plan"] = {
	add_fields: ["enabled"],
	get_indicator(doc) {
		return doc.enabled ? [__("In Force"), "green", "enabled,=,1"] : [__("Not in Force"), "gray", "enabled,=,0"];
	},
};
