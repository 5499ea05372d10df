frappe.listview_settings["Staff Certificate"] = {
	add_fields: ["status"],
	get_indicator(doc) {
		const colours = { Valid: "green", Expiring: "orange", Expired: "red" };
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},
};
