frappe.query_reports["Dormitory Occupancy"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{ fieldname: "building", label: __("Dormitory Building"), fieldtype: "Link", options: "Dormitory Building" },
	],
};
