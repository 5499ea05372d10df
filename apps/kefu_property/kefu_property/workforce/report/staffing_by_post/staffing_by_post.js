frappe.query_reports["Staffing by Post"] = {
	filters: [{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" }],
	formatter(value, row, column, data, format) {
		const text = format(value, row, column, data);
		return ["vacant", "over"].includes(column.fieldname) && data && data[column.fieldname]
			? `<span class="text-danger">${text}</span>`
			: text;
	},
};
