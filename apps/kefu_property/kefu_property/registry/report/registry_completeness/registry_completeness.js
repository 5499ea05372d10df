frappe.query_reports["Registry Completeness"] = {
	filters: [
		{
			fieldname: "project",
			label: __("Project"),
			fieldtype: "Link",
			options: "Property Project",
		},
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
	],
	formatter(value, row, column, data, default_formatter) {
		const shown = default_formatter(value, row, column, data);
		if (column.fieldname === "building" && data && data.units) {
			const building = frappe.utils.escape_html(data.building);
			return `<a data-building="${building}" class="kefu-drill" href="#">${shown}</a>`;
		}
		return shown;
	},
	onload(report) {
		report.page.wrapper.on("click", ".kefu-drill", (event) => {
			event.preventDefault();
			event.stopPropagation();
			report.set_filter_value("building", event.currentTarget.dataset.building);
		});
	},
};
