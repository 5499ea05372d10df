frappe.query_reports["Deposit Balances"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{ fieldname: "as_of", label: __("As Of"), fieldtype: "Date", default: frappe.datetime.get_today() },
		{
			fieldname: "fee_item",
			label: __("Deposit For"),
			fieldtype: "Link",
			options: "Fee Item",
			get_query: () => ({ filters: { category: "Deposit" } }),
		},
	],
};
