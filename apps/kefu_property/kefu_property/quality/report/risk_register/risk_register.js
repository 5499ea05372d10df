frappe.query_reports["Risk Register"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{
			fieldname: "kind",
			label: __("Kind"),
			fieldtype: "Select",
			options: ["", "Risk", "Opportunity", "Hazard"],
		},
		{
			fieldname: "standard",
			label: __("Standard"),
			fieldtype: "Select",
			options: ["", "ISO 9001", "ISO 14001", "ISO 45001"],
		},
		{ fieldname: "area", label: __("Department or Area"), fieldtype: "Link", options: "Audit Area" },
		{ fieldname: "closed", label: __("Closed Ones, Too"), fieldtype: "Check" },
	],
	formatter(value, row, column, data, format) {
		const text = format(value, row, column, data);
		if (!data) return text;
		if (column.fieldname === "level_text") {
			const colour = { Low: "green", Medium: "orange", High: "red" }[data.level];
			return `<span class="indicator-pill ${colour}">${text}</span>`;
		}
		return column.fieldname === "review_on" && data.review_due ? `<span class="text-danger">${text}</span>` : text;
	},
};
