frappe.query_reports["Case Statistics"] = {
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
			options: [
				{ value: "Category", label: __("Category") },
				{ value: "Cause", label: __("Cause") },
				{ value: "Place", label: __("Place") },
				{ value: "Department", label: __("Department") },
				{ value: "Building", label: __("Building") },
				{ value: "Source", label: __("Source") },
				{ value: "Kind", label: __("Kind") },
				{ value: "Severity", label: __("Severity") },
				{ value: "Month", label: __("Month") },
				{ value: "Hour of the Day", label: __("Hour of the Day") },
			],
			default: "Category",
		},
	],
};
