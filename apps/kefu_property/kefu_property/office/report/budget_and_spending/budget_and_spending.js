frappe.query_reports["Budget and Spending"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{ fieldname: "year", label: __("Year"), fieldtype: "Int", default: new Date().getFullYear(), reqd: 1 },
	],
	formatter(value, row, column, data, format) {
		const text = format(value, row, column, data);
		const colours = { ok: "green", warn: "orange", block: "red" };
		return column.fieldname === "level_text" && data && data.level
			? `<span class="indicator-pill ${colours[data.level]}">${text}</span>`
			: text;
	},
};
