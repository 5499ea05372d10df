frappe.listview_settings["Satisfaction Survey"] = {
	add_fields: ["status", "below_threshold"],
	has_indicator_for_draft: true,
	get_indicator(doc) {
		if (doc.below_threshold && ["Closed", "Archived"].includes(doc.status)) {
			return [__("Below Target"), "red", "below_threshold,=,1"];
		}
		const colours = {
			Draft: "gray",
			"Pending Approval": "orange",
			Approved: "blue",
			Open: "blue",
			Closed: "green",
			Archived: "green",
			Cancelled: "gray",
		};
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
