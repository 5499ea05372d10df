frappe.treeview_settings["Facility Category"] = {
	root_label: "All",
	get_label: (node) => frappe.utils.escape_html(__(node.label)),
	fields: [
		{ fieldtype: "Data", fieldname: "category_name", label: __("Category Name"), reqd: 1 },
		{ fieldtype: "Check", fieldname: "is_group", label: __("Is Group") },
	],
};
