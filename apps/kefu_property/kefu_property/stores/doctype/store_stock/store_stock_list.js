frappe.listview_settings["Store Stock"] = {
	add_fields: ["quantity", "below_minimum"],
	get_indicator(doc) {
		if (doc.below_minimum) return [__("Below Minimum"), "red", "below_minimum,=,1"];
		if (!doc.quantity) return [__("Empty"), "gray", "quantity,=,0"];
		return [__("In Stock"), "green", "quantity,>,0"];
	},
};
