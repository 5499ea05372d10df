frappe.listview_settings["Property Building"] = {
	get_indicator(doc) {
		return [__(doc.kind), "blue", `kind,=,${doc.kind}`];
	},
};
