frappe.treeview_settings["Archive Class"] = {
	breadcrumb: "Office",
	title: __("Archive Catalogue"),
	get_tree_nodes: "kefu_property.office.doctype.archive_class.archive_class.children",
	fields: [
		{ fieldtype: "Data", fieldname: "class_code", label: __("Class Code"), reqd: 1 },
		{ fieldtype: "Data", fieldname: "class_name", label: __("Class Name"), reqd: 1 },
		{ fieldtype: "Check", fieldname: "is_group", label: __("Is Group") },
		{ fieldtype: "Int", fieldname: "retention_years", label: __("Years to Keep") },
	],
	ignore_fields: ["parent_archive_class"],
	onrender(node) {
		if (node.is_root || !node.data.value) return;
		$("<span class='text-muted small ml-2'>")
			.text(node.data.note || "")
			.appendTo($(node.parent).find(".tree-label").first());
	},
	extend_toolbar: true,
	toolbar: [
		{
			label: __("Archive Files"),
			condition: (node) => !node.is_root,
			click: (node) => frappe.set_route("List", "Archive File", { archive_class: node.data.value }),
		},
	],
};
