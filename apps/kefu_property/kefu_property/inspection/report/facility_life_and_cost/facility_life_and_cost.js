frappe.query_reports["Facility Life and Cost"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{
			fieldname: "kind",
			label: __("Facility Kind"),
			fieldtype: "Select",
			options: ["", "Common", "Fire", "Sanitation Area", "Greenery", "Advertising Place"].map((value) => ({
				value,
				label: __(value),
			})),
		},
		{ fieldname: "category", label: __("Category"), fieldtype: "Link", options: "Facility Category" },
		{ fieldname: "from_date", label: __("From"), fieldtype: "Date" },
		{ fieldname: "to_date", label: __("Until"), fieldtype: "Date" },
	],
};
