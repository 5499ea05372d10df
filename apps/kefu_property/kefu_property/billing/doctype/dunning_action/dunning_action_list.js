frappe.listview_settings["Dunning Action"] = {
	add_fields: ["state"],
	get_indicator(doc) {
		const colours = {
			Planned: "gray",
			"To Do": "orange",
			Done: "green",
			Failed: "red",
			Resting: "gray",
			Cancelled: "gray",
		};
		return [__(doc.state), colours[doc.state] || "gray", `state,=,${doc.state}`];
	},
};
