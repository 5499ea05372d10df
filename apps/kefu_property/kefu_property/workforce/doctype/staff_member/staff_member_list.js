frappe.listview_settings["Staff Member"] = {
	add_fields: ["status"],
	get_indicator(doc) {
		const colours = {
			Joining: "blue",
			Probation: "orange",
			"At Work": "green",
			Suspended: "red",
			Departed: "gray",
		};
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},
};
