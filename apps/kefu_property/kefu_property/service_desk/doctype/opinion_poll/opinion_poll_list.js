frappe.listview_settings["Opinion Poll"] = {
	add_fields: ["status", "outcome"],
	get_indicator(doc) {
		const colours = {
			Draft: "gray",
			"Pending Approval": "orange",
			Approved: "blue",
			Open: "blue",
			Counted: "orange",
			Published: "green",
			Cancelled: "gray",
		};
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
