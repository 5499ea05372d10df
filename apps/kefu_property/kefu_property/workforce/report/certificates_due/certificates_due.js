frappe.query_reports["Certificates Due"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{ fieldname: "days", label: __("Days Ahead"), fieldtype: "Int", default: 60 },
	],
	formatter(value, row, column, data, format) {
		const text = format(value, row, column, data);
		return column.fieldname === "days_left" && data && data.days_left < 0
			? `<span class="text-danger">${text}</span>`
			: text;
	},
};
