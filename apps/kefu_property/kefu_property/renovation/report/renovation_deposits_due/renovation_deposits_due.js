frappe.query_reports["Renovation Deposits Due"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{ fieldname: "due_by", label: __("Due By"), fieldtype: "Date" },
	],
	formatter(value, row, column, data, format) {
		const text = format(value, row, column, data);
		return column.fieldname === "days_overdue" && data && data.days_overdue
			? `<span class="text-danger">${text}</span>`
			: text;
	},
};
