frappe.query_reports["Leave Balances"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{
			fieldname: "year",
			label: __("Year"),
			fieldtype: "Int",
			default: Number(frappe.datetime.get_today().slice(0, 4)),
		},
		{ fieldname: "leave_kind", label: __("Leave Kind"), fieldtype: "Link", options: "Leave Kind" },
	],
};
