frappe.listview_settings["Resident Vehicle"] = {
	hide_name_column: true,
	get_indicator(doc) {
		return [__(doc.status), doc.status === "Active" ? "green" : "gray", `status,=,${doc.status}`];
	},
};
