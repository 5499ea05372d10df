frappe.query_reports["Asset Movements"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{ fieldname: "asset", label: __("Asset"), fieldtype: "Link", options: "Fixed Asset Card" },
		{ fieldname: "custodian", label: __("Custodian"), fieldtype: "Link", options: "User" },
		{ fieldname: "from_date", label: __("From Date"), fieldtype: "Date" },
		{ fieldname: "to_date", label: __("To Date"), fieldtype: "Date" },
	],
};
