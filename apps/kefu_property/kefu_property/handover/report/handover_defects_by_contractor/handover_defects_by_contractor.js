frappe.query_reports["Handover Defects by Contractor"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{ fieldname: "from_date", label: __("From Date"), fieldtype: "Date" },
		{ fieldname: "to_date", label: __("To Date"), fieldtype: "Date" },
		{ fieldname: "by_kind", label: __("By Kind of Defect"), fieldtype: "Check", default: 1 },
	],
};
