frappe.listview_settings["Till Closing"] = {
	add_fields: ["workflow_state", "difference"],
	hide_name_column: true,
};
