frappe.query_reports["Inspection Completion"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{ fieldname: "from_date", label: __("From"), fieldtype: "Date" },
		{ fieldname: "to_date", label: __("Until"), fieldtype: "Date" },
		{
			fieldname: "group_by",
			label: __("Group By"),
			fieldtype: "Select",
			default: "Plan",
			options: ["Plan", "Facility", "Carried Out By", "Facility Kind"].map((value) => ({
				value,
				label: __(value),
			})),
		},
		{
			fieldname: "kind",
			label: __("Facility Kind"),
			fieldtype: "Select",
			options: ["", "Common", "Fire", "Sanitation Area", "Greenery", "Advertising Place"].map((value) => ({
				value,
				label: __(value),
			})),
		},
	],
	formatter(value, row, column, data, format) {
		const text = format(value, row, column, data);
		return column.fieldname === "missed" && data && Number(data.missed)
			? `<span class="text-danger">${text}</span>`
			: text;
	},
};
