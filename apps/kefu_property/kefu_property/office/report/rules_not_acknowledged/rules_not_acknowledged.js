frappe.query_reports["Rules Not Acknowledged"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{ fieldname: "user", label: __("User"), fieldtype: "Link", options: "User" },
	],
	formatter(value, row, column, data, format) {
		const text = format(value, row, column, data);
		const late = column.fieldname === "days_late" && data && data.days_late > 0;
		return late ? `<span class="text-danger">${text}</span>` : text;
	},
};
