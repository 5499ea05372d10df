frappe.listview_settings["Owner Forum"] = {
	get_indicator(doc) {
		const colours = {
			Planned: "gray",
			Invited: "blue",
			Held: "orange",
			"Pending Approval": "orange",
			Published: "green",
			Closed: "green",
			Cancelled: "gray",
		};
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
