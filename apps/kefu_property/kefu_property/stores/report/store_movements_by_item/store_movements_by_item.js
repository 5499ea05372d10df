frappe.query_reports["Store Movements by Item"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{ fieldname: "store", label: __("Store"), fieldtype: "Link", options: "Material Store" },
		{ fieldname: "item", label: __("Item"), fieldtype: "Link", options: "Store Item" },
		{
			fieldname: "kind",
			label: __("Kind"),
			fieldtype: "Select",
			options: ["", "Goods Receipt", "Goods Issue", "Stock Transfer", "Goods Return", "Stock Count"],
		},
		{
			fieldname: "from_date",
			label: __("From Date"),
			fieldtype: "Date",
			default: frappe.datetime.month_start(),
			reqd: 1,
		},
		{
			fieldname: "to_date",
			label: __("To Date"),
			fieldtype: "Date",
			default: frappe.datetime.get_today(),
			reqd: 1,
		},
	],
};
