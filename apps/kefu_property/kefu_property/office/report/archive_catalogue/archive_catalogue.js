frappe.query_reports["Archive Catalogue"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{ fieldname: "archive_class", label: __("Archive Class"), fieldtype: "Link", options: "Archive Class" },
		{
			fieldname: "status",
			label: __("Status"),
			fieldtype: "Select",
			options: ["", "In the Archive", "Lent", "Destroyed"],
		},
		{ fieldname: "ended", label: __("Retention Ended"), fieldtype: "Check" },
	],
	formatter(value, row, column, data, format) {
		const text = format(value, row, column, data);
		return column.fieldname === "kept" && data && data.has_ended
			? `<span class="text-warning">${text}</span>`
			: text;
	},
};
