frappe.query_reports["Overdue Custody"] = {
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{ fieldname: "shelf", label: __("Shelf"), fieldtype: "Link", options: "Custody Shelf" },
		{
			fieldname: "kind",
			label: __("Kind"),
			fieldtype: "Select",
			options: ["", "Parcel", "Left Luggage", "Letter", "Valuables", "Other"],
		},
	],
};
