frappe.query_reports["Issued Document Register"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{ fieldname: "kind", label: __("Document Kind"), fieldtype: "Link", options: "Document Kind" },
		{ fieldname: "year", label: __("Year"), fieldtype: "Int", default: new Date().getFullYear(), reqd: 1 },
	],
	formatter(value, row, column, data, format) {
		const text = format(value, row, column, data);
		return data && data.is_missing ? `<span class="text-danger">${text}</span>` : text;
	},
};
