frappe.listview_settings["Quality Objective Result"] = {
	add_fields: ["outcome"],
	get_indicator(doc) {
		const colours = { Attained: "green", Missed: "red", "Not Measured": "gray" };
		return [__(doc.outcome), colours[doc.outcome], `outcome,=,${doc.outcome}`];
	},
};
