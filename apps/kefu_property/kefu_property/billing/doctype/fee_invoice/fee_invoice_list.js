frappe.listview_settings["Fee Invoice"] = {
	add_fields: ["status", "due_date", "docstatus", "outstanding"],
	hide_name_column: true,
	get_indicator(doc) {
		if (doc.status === "Paid") return [__("Paid"), "green", "status,=,Paid"];
		if (doc.status === "Cancelled") return [__("Cancelled"), "gray", "status,=,Cancelled"];
		if (doc.due_date < frappe.datetime.get_today()) {
			return [__("Past due"), "red", `outstanding,>,0|due_date,<,${frappe.datetime.get_today()}|docstatus,=,1`];
		}
		if (doc.status === "Partly Paid") return [__("Partly Paid"), "orange", "status,=,Partly Paid"];
		return [__("Unpaid"), "blue", "status,=,Unpaid"];
	},
};
