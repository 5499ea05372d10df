frappe.query_reports["Findings by Clause"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{
			fieldname: "group_by",
			label: __("Group By"),
			fieldtype: "Select",
			options: ["Clause", "Department or Area", "Kind of Cause", "Source of the Finding", "Month"],
			default: "Clause",
		},
		{
			fieldname: "standard",
			label: __("Standard"),
			fieldtype: "Select",
			options: ["", "ISO 9001", "ISO 14001", "ISO 45001"],
		},
		{
			fieldname: "from_date",
			label: __("From Date"),
			fieldtype: "Date",
			default: frappe.datetime.add_months(frappe.datetime.get_today(), -12),
		},
		{ fieldname: "to_date", label: __("To Date"), fieldtype: "Date", default: frappe.datetime.get_today() },
	],
};
