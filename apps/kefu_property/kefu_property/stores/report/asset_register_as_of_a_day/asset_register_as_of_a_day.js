frappe.query_reports["Asset Register as of a Day"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{
			fieldname: "as_of",
			label: __("As of"),
			fieldtype: "Date",
			default: frappe.datetime.get_today(),
			reqd: 1,
		},
		{ fieldname: "asset_class", label: __("Asset Class"), fieldtype: "Link", options: "Fixed Asset Class" },
		{ fieldname: "department", label: __("Department"), fieldtype: "Link", options: "Cost Department" },
		{ fieldname: "custodian", label: __("Custodian"), fieldtype: "Link", options: "User" },
	],
};
