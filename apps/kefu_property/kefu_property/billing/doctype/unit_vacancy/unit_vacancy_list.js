frappe.listview_settings["Unit Vacancy"] = { hide_name_column: true };
