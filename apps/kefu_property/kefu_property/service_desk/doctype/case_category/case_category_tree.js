frappe.treeview_settings["Case Category"] = { title: __("Case Categories"), breadcrumb: "Service Desk" };
