frappe.query_reports["Attendance Month"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project", reqd: 1 },
		{
			fieldname: "month",
			label: __("Month"),
			fieldtype: "Data",
			default: frappe.datetime.get_today().slice(0, 7),
			reqd: 1,
		},
		{
			fieldname: "department",
			label: __("Department"),
			fieldtype: "Link",
			options: "Staff Department",
			get_query: () => ({ filters: { project: frappe.query_report.get_filter_value("project") } }),
		},
	],
	async onload(report) {
		if (report.get_filter_value("project")) return;
		const rows = await frappe.db.get_list("Property Project", { limit: 2 });
		if (rows.length === 1) report.set_filter_value("project", rows[0].name);
	},
};
