frappe.query_reports["Idle Assets"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{ fieldname: "min_days", label: __("At Least Days Idle"), fieldtype: "Int" },
	],
};
