frappe.listview_settings["Dormitory Deduction"] = {
	add_fields: ["status"],
	get_indicator(doc) {
		const colours = {
			Unsettled: "orange",
			"On Payroll List": "blue",
			"Paid Off": "green",
			Waived: "gray",
			Cancelled: "gray",
		};
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
