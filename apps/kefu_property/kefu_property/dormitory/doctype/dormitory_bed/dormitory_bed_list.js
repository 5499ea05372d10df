frappe.listview_settings["Dormitory Bed"] = {
	add_fields: ["status"],
	get_indicator(doc) {
		const colours = { Vacant: "green", Reserved: "orange", "In Use": "blue", Repair: "red" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
