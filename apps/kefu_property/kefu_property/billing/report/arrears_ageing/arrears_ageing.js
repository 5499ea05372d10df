frappe.query_reports["Arrears Ageing"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{ fieldname: "as_of", label: __("As of"), fieldtype: "Date", default: frappe.datetime.get_today(), reqd: 1 },
		{
			fieldname: "group_by",
			label: __("Group By"),
			fieldtype: "Select",
			options: [
				{ value: "Payer", label: __("Payer") },
				{ value: "Building", label: __("Building") },
			],
			default: "Payer",
		},
	],
};
