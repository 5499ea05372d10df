frappe.listview_settings["Store Requisition"] = {
	add_fields: ["status"],
	has_indicator_for_draft: true,
	get_indicator(doc) {
		const colours = {
			Draft: "gray",
			"Pending Approval": "orange",
			"Pending Director": "orange",
			Approved: "blue",
			"Partly Issued": "orange",
			Issued: "green",
			Closed: "gray",
		};
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},
};
