frappe.query_reports["Renovations and Violations"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{
			fieldname: "from_date",
			label: __("From Date"),
			fieldtype: "Date",
			default: frappe.datetime.add_days(frappe.datetime.get_today(), -90),
		},
		{ fieldname: "to_date", label: __("To Date"), fieldtype: "Date", default: frappe.datetime.get_today() },
		{
			fieldname: "status",
			label: __("Status"),
			fieldtype: "Select",
			options: ["", "In Progress", "Stopped", "To Be Re-checked", "Refund Due", "Closed", "Cancelled"],
		},
	],
	formatter(value, row, column, data, format) {
		const text = format(value, row, column, data);
		const bad = ["days_overdue", "open_violations", "report_overdue"].includes(column.fieldname);
		return bad && data && data[column.fieldname] ? `<span class="text-danger">${text}</span>` : text;
	},
};
