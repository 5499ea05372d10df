frappe.query_reports["Limitation Watch"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{ fieldname: "days", label: __("Days Ahead"), fieldtype: "Int" },
	],
};
