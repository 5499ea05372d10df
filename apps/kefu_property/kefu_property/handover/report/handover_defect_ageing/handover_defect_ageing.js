frappe.query_reports["Handover Defect Ageing"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{ fieldname: "contractor", label: __("Responsible Party"), fieldtype: "Link", options: "Handover Contractor" },
		{
			fieldname: "source",
			label: __("Found At"),
			fieldtype: "Select",
			options: ["", "Home Handover", "Project Takeover", "Later"].map((value) => ({ value, label: __(value) })),
		},
		{ fieldname: "as_of", label: __("As Of"), fieldtype: "Date", default: frappe.datetime.get_today() },
	],
	formatter(value, row, column, data, format) {
		const text = format(value, row, column, data);
		return column.fieldname === "days_overdue" && data && data.days_overdue
			? `<span class="text-danger">${text}</span>`
			: text;
	},
};
