frappe.query_reports["Controlled Document List"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{
			fieldname: "level",
			label: __("Level"),
			fieldtype: "Select",
			options: ["", "Management Manual", "Procedure", "Work Instruction", "Record Form", "External Document"],
		},
		{ fieldname: "area", label: __("Department or Area"), fieldtype: "Link", options: "Audit Area" },
		{ fieldname: "all", label: __("Without a Valid Version, Too"), fieldtype: "Check" },
	],
	formatter(value, row, column, data, format) {
		const text = format(value, row, column, data);
		const late = column.fieldname === "review_on" && data && data.review_due;
		return late ? `<span class="text-danger">${text}</span>` : text;
	},
};
