frappe.listview_settings["Training Session"] = {
	add_fields: ["status"],
	get_indicator(doc) {
		const colours = { Planned: "blue", Running: "orange", Done: "green", "Called Off": "gray" };
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},
};
