frappe.query_reports["Clause Coverage"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{
			fieldname: "standard",
			label: __("Standard"),
			fieldtype: "Select",
			options: ["", "ISO 9001", "ISO 14001", "ISO 45001"],
		},
		{
			fieldname: "from_date",
			label: __("Audited Since"),
			fieldtype: "Date",
			default: frappe.datetime.add_months(frappe.datetime.get_today(), -12),
		},
		{ fieldname: "gaps_only", label: __("Gaps Only"), fieldtype: "Check" },
	],
	formatter(value, row, column, data, format) {
		const text = format(value, row, column, data);
		const bad = ["gap", "open_findings"].includes(column.fieldname) && data && data[column.fieldname];
		return bad ? `<span class="text-danger">${text}</span>` : text;
	},
};
