frappe.listview_settings["Bank Statement Upload"] = {
	add_fields: ["status"],
	get_indicator(doc) {
		return doc.status === "Read" ? [__("Read"), "green", "status,=,Read"] : [__("Draft"), "gray", "status,=,Draft"];
	},
};
