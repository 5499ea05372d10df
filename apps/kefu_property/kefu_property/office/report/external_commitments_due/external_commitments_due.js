frappe.query_reports["External Commitments Due"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{
			fieldname: "organisation",
			label: __("Organisation"),
			fieldtype: "Link",
			options: "External Organisation",
		},
		{
			fieldname: "side",
			label: __("Promised By"),
			fieldtype: "Select",
			options: ["", "Our Side", "Their Side"],
		},
	],
	formatter(value, row, column, data, format) {
		const text = format(value, row, column, data);
		const late = column.fieldname === "days_late" && data && data.days_late > 0;
		return late ? `<span class="text-danger">${text}</span>` : text;
	},
};
