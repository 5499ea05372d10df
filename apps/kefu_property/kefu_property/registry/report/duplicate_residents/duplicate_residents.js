frappe.query_reports["Duplicate Residents"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{
			fieldname: "basis",
			label: __("Basis"),
			fieldtype: "Select",
			options: [
				{ value: "", label: "" },
				{ value: "Phone", label: __("Phone") },
				{ value: "ID Number", label: __("ID Number") },
				{ value: "Name and Home", label: __("Name and Home") },
			],
		},
	],
	get_datatable_options(options) {
		return Object.assign(options, { checkboxColumn: true });
	},
	onload(report) {
		report.page.add_inner_button(__("Merge Selected"), () => {
			const rows = report.datatable.rowmanager.getCheckedRows().map((index) => report.data[index]);
			if (rows.length !== 2 || rows[0].project !== rows[1].project) {
				frappe.msgprint(__("Select two residents of one project."));
				return;
			}
			frappe.new_doc("Resident Merge", {
				project: rows[0].project,
				survivor: rows[0].resident,
				merged: rows[1].resident,
			});
		});
	},
};
