frappe.query_reports["Custody Throughput"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{
			fieldname: "from_date",
			label: __("From"),
			fieldtype: "Date",
			default: frappe.datetime.add_days(frappe.datetime.get_today(), -29),
		},
		{ fieldname: "to_date", label: __("To"), fieldtype: "Date", default: frappe.datetime.get_today() },
		{
			fieldname: "group_by",
			label: __("Group By"),
			fieldtype: "Select",
			options: ["Day", "Carrier"],
			default: "Day",
		},
	],
};
