frappe.listview_settings["Unit Occupancy"] = {
	hide_name_column: true,
	add_fields: ["status", "is_payer"],
	get_indicator(doc) {
		const colours = { Current: "green", Future: "blue", Ended: "gray" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
