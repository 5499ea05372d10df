frappe.query_reports["Follow-up Results"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{
			fieldname: "from_date",
			label: __("From Date"),
			fieldtype: "Date",
			default: frappe.datetime.add_days(frappe.datetime.get_today(), -90),
			reqd: 1,
		},
		{
			fieldname: "to_date",
			label: __("To Date"),
			fieldtype: "Date",
			default: frappe.datetime.get_today(),
			reqd: 1,
		},
		{
			fieldname: "group_by",
			label: __("By"),
			fieldtype: "Select",
			options: [
				{ value: "Kind", label: __("Kind") },
				{ value: "Department", label: __("Department") },
				{ value: "Category", label: __("Category") },
				{ value: "Called by", label: __("Called by") },
			],
			default: "Kind",
		},
	],
};
