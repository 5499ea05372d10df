frappe.listview_settings["Fixed Asset Repair"] = {
	add_fields: ["status"],
	get_indicator(doc) {
		return [__(doc.status), doc.status === "Done" ? "green" : "blue", `status,=,${doc.status}`];
	},
};
