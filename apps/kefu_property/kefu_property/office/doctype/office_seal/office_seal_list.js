frappe.listview_settings["Office Seal"] = {
	add_fields: ["disabled"],
	get_indicator(doc) {
		return doc.disabled ? [__("Out of Use"), "gray", "disabled,=,1"] : [__("In Use"), "green", "disabled,=,0"];
	},
};
