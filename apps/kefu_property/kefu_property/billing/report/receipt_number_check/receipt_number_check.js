frappe.query_reports["Receipt Number Check"] = {
	filters: [{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" }],
	formatter(value, row, column, data, default_formatter) {
		const text = default_formatter(value, row, column, data);
		return data && data.missing_count ? `<span class="text-danger">${text}</span>` : text;
	},
};
