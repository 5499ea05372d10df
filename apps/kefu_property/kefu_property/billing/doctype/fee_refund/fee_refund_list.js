frappe.listview_settings["Fee Refund"] = {
	add_fields: ["workflow_state", "source"],
	hide_name_column: true,
};
