frappe.query_reports["Goals by Person"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{
			fieldname: "period_kind",
			label: __("Period"),
			fieldtype: "Select",
			options: ["Week", "Month", "Quarter", "Year"],
			default: "Week",
		},
		{ fieldname: "day", label: __("Day"), fieldtype: "Date", default: frappe.datetime.get_today() },
	],
};
