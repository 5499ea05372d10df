frappe.query_reports["Property Owners"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{
			fieldname: "building",
			label: __("Building"),
			fieldtype: "Link",
			options: "Property Building",
			get_query: () => {
				const project = frappe.query_report.get_filter_value("project");
				return { filters: project ? { project } : {} };
			},
		},
		{
			fieldname: "on_date",
			label: __("On Date"),
			fieldtype: "Date",
			default: frappe.datetime.get_today(),
			reqd: 1,
		},
		{ fieldname: "several", label: __("Owners of several homes only"), fieldtype: "Check" },
	],
	formatter: (value, row, column, data, default_formatter) => {
		const text = default_formatter(value, row, column, data);
		if (column.fieldname !== "resident_name" || !data?.resident) return text;
		return `<a href="${frappe.utils.get_form_link("Resident", data.resident)}">${frappe.utils.escape_html(value)}</a>`;
	},
};
