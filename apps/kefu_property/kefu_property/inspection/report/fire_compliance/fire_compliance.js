frappe.query_reports["Fire Compliance"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{ fieldname: "building", label: __("Building"), fieldtype: "Link", options: "Property Building" },
		{ fieldname: "only_overdue", label: __("Only What Is Not in Order"), fieldtype: "Check" },
	],
	formatter(value, row, column, data, format) {
		const text = format(value, row, column, data);
		return column.fieldname === "state_text" && data && data.state !== "In Order"
			? `<span class="text-danger">${text}</span>`
			: text;
	},
};
