frappe.query_reports["Fee Collection Rate"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{
			fieldname: "from_date",
			label: __("Due From"),
			fieldtype: "Date",
			default: frappe.datetime.add_months(frappe.datetime.get_today(), -12),
		},
		{ fieldname: "to_date", label: __("Due To"), fieldtype: "Date", default: frappe.datetime.get_today() },
		{
			fieldname: "group_by",
			label: __("Group By"),
			fieldtype: "Select",
			options: [
				{ value: "Building", label: __("Building") },
				{ value: "Project", label: __("Project") },
				{ value: "Collector", label: __("Collector") },
				{ value: "Item", label: __("Fee Item") },
				{ value: "Month", label: __("Month") },
			],
			default: "Building",
		},
	],
};
