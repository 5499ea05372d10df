frappe.query_reports["Agency Subledger"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{
			fieldname: "fee_item",
			label: __("Fee Item"),
			fieldtype: "Link",
			options: "Fee Item",
			get_query: () => ({ filters: { is_agency: 1 } }),
		},
		{ fieldname: "as_of", label: __("As of"), fieldtype: "Date", default: frappe.datetime.get_today() },
	],
};
