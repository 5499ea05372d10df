frappe.query_reports["Deadline Attainment"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{
			fieldname: "from_date",
			label: __("From Date"),
			fieldtype: "Date",
			default: frappe.datetime.add_days(frappe.datetime.get_today(), -90),
			reqd: 1,
		},
		{
			fieldname: "to_date",
			label: __("To Date"),
			fieldtype: "Date",
			default: frappe.datetime.get_today(),
			reqd: 1,
		},
		{
			fieldname: "kind",
			label: __("Kind"),
			fieldtype: "Select",
			options: ["", "Complaint", "Repair Order", "Enquiry"].map((value) => ({
				value,
				label: value && __(value),
			})),
		},
		{
			fieldname: "group_by",
			label: __("By"),
			fieldtype: "Select",
			options: ["Kind and Severity", "Department", "Category", "Staff Member", "Month"].map((value) => ({
				value,
				label: __(value),
			})),
			default: "Kind and Severity",
		},
	],
};
