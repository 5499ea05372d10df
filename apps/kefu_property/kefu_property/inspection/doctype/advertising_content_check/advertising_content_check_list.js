frappe.listview_settings["Advertising Content Check"] = {
	add_fields: ["result"],
	get_indicator(doc) {
		const colours = { Allowed: "green", "To Be Changed": "orange", "To Be Removed": "red" };
		return [__(doc.result), colours[doc.result], `result,=,${doc.result}`];
	},
};
