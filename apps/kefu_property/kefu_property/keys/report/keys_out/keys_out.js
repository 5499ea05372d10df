frappe.query_reports["Keys Out"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{
			fieldname: "borrower_kind",
			label: __("Borrower Kind"),
			fieldtype: "Select",
			options: ["", "Staff", "Resident", "Contractor"],
		},
	],
	formatter(value, row, column, data, format) {
		const text = format(value, row, column, data);
		return column.fieldname === "hours_overdue" && data && data.hours_overdue
			? `<span class="text-danger">${text}</span>`
			: text;
	},
};
