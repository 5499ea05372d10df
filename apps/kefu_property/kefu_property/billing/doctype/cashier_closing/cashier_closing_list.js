frappe.listview_settings["Cashier Closing"] = {
	add_fields: ["workflow_state", "difference"],
	hide_name_column: true,
};
