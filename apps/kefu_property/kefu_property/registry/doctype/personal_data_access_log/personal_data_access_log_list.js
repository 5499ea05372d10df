frappe.listview_settings["Personal Data Access Log"] = {
	hide_name_column: true,
	get_indicator(doc) {
		return [__(doc.field), doc.field === "Roster Export" ? "red" : "blue", `field,=,${doc.field}`];
	},
};
