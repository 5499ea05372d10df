frappe.listview_settings["Company Rule"] = {
	add_fields: ["repealed", "current_version"],
	get_indicator(doc) {
		if (doc.repealed) return [__("Repealed"), "gray", "repealed,=,1"];
		return doc.current_version
			? [__("In Force"), "green", "current_version,is,set"]
			: [__("Not Yet in Force"), "blue", "current_version,is,not set"];
	},
};
