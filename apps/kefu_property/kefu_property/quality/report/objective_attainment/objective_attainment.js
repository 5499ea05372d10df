frappe.query_reports["Objective Attainment"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{
			fieldname: "standard",
			label: __("Standard"),
			fieldtype: "Select",
			options: ["", "ISO 9001", "ISO 14001", "ISO 45001"],
		},
		{ fieldname: "year", label: __("Year"), fieldtype: "Int", default: new Date().getFullYear() },
	],
	formatter(value, row, column, data, format) {
		const text = format(value, row, column, data);
		const month = /^m(\d+)$/.exec(column.fieldname);
		const outcome = month && data && data.outcomes && data.outcomes[month[1]];
		const colour = { Attained: "text-success", Missed: "text-danger" }[outcome];
		return colour ? `<span class="${colour}">${text}</span>` : text;
	},
};
