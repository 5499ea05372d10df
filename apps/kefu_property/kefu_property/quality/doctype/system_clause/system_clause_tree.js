frappe.treeview_settings["System Clause"] = {
	breadcrumb: "Quality",
	get_tree_nodes: "kefu_property.quality.doctype.system_clause.system_clause.get_children",
	get_label(node) {
		const data = node.data || {};
		if (!data.title) return __(node.label);
		const text = `<b>${frappe.utils.escape_html(node.label)}</b> ${frappe.utils.escape_html(data.title)}`;
		return data.disabled ? `<span class="text-muted">${text}</span>` : text;
	},
};
