frappe.listview_settings["Online Payment"] = {
	add_fields: ["status"],
	hide_name_column: true,
	get_indicator(doc) {
		return [__(doc.status), doc.status === "Paid" ? "green" : "blue", `status,=,${doc.status}`];
	},
};
