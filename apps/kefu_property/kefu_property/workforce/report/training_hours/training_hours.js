frappe.query_reports["Training Hours"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{ fieldname: "from_date", label: __("From"), fieldtype: "Date", default: frappe.datetime.year_start() },
		{ fieldname: "to_date", label: __("To"), fieldtype: "Date", default: frappe.datetime.year_end() },
		{
			fieldname: "department",
			label: __("Department"),
			fieldtype: "Link",
			options: "Staff Department",
		},
		{
			fieldname: "by",
			label: __("Per"),
			fieldtype: "Select",
			options: [
				{ value: "Person", label: __("Person") },
				{ value: "Post", label: __("Job Post") },
			],
			default: "Person",
		},
	],
};
