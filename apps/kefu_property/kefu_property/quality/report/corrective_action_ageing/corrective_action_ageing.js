frappe.query_reports["Corrective Action Ageing"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{ fieldname: "area", label: __("Department or Area"), fieldtype: "Link", options: "Audit Area" },
		{ fieldname: "overdue_only", label: __("Overdue Only"), fieldtype: "Check" },
	],
	formatter(value, row, column, data, format) {
		const text = format(value, row, column, data);
		return column.fieldname === "days_overdue" && data && data.days_overdue
			? `<span class="text-danger">${text}</span>`
			: text;
	},
};
