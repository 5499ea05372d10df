frappe.listview_settings["Dormitory Stay"] = {
	add_fields: ["status"],
	get_indicator(doc) {
		const colours = { Draft: "gray", Staying: "green", Ended: "gray" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
