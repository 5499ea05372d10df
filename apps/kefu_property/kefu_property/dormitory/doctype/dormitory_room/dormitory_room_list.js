frappe.listview_settings["Dormitory Room"] = {
	add_fields: ["closed", "gender"],
	get_indicator(doc) {
		return doc.closed ? [__("Closed"), "gray", "closed,=,1"] : [__(doc.gender), "green", `gender,=,${doc.gender}`];
	},
};
