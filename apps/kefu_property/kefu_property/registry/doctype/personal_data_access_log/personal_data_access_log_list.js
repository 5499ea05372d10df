frappe.listview_settings["Personal Data Access Log"] = {
	get_indicator(doc) {
		return [__(doc.field), doc.field === "Roster Export" ? "red" : "blue", `field,=,${doc.field}`];
	},
};
