frappe.query_reports["Defect Recurrence"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{ fieldname: "from_date", label: __("From"), fieldtype: "Date" },
		{ fieldname: "to_date", label: __("Until"), fieldtype: "Date" },
		{ fieldname: "only_repeated", label: __("Only Repeated"), fieldtype: "Check" },
	],
	formatter(value, row, column, data, format) {
		const text = format(value, row, column, data);
		return column.fieldname === "overdue" && data && Number(data.overdue)
			? `<span class="text-danger">${text}</span>`
			: text;
	},
};
