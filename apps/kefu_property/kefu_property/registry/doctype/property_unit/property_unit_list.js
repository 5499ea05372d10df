frappe.listview_settings["Property Unit"] = {
	add_fields: ["state", "disabled", "current_owner_name", "current_payer"],
	get_indicator(doc) {
		if (doc.disabled) {
			return [__("Disabled"), "gray", "disabled,=,1"];
		}
		const colours = {
			"Developer-held": "gray",
			Vacant: "orange",
			Occupied: "green",
			Renovating: "blue",
			Let: "green",
		};
		return [__(doc.state), colours[doc.state], `state,=,${doc.state}`];
	},
};
