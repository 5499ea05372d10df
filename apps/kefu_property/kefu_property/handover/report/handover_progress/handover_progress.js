frappe.query_reports["Handover Progress"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{ fieldname: "batch", label: __("Handover Batch"), fieldtype: "Link", options: "Handover Batch" },
	],
};
