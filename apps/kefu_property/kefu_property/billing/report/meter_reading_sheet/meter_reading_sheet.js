frappe.query_reports["Meter Reading Sheet"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project", reqd: 1 },
		{
			fieldname: "meter_kind",
			label: __("Kind of Meter"),
			fieldtype: "Select",
			options: ["Cold Water", "Hot Water", "Electricity", "Gas", "Heat"].map((value) => ({
				value,
				label: __(value),
			})),
			default: "Cold Water",
			reqd: 1,
		},
		{
			fieldname: "building",
			label: __("Building"),
			fieldtype: "Link",
			options: "Property Building",
			get_query: () => ({ filters: { project: frappe.query_report.get_filter_value("project") || "" } }),
		},
	],
};
