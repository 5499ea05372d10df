frappe.listview_settings["Office Meeting"] = {
	add_fields: ["status"],
	get_indicator(doc) {
		const colours = { Draft: "gray", Booked: "blue", "Took Place": "green", Cancelled: "gray" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
