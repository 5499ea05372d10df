frappe.listview_settings["Activity Registration"] = {
	has_indicator_for_draft: true,
	has_indicator_for_cancelled: true,
	add_fields: ["status", "checked_in_on"],
	get_indicator(doc) {
		if (doc.status === "Cancelled") return [__("Cancelled"), "gray", "status,=,Cancelled"];
		if (doc.status === "Waiting") return [__("On the Waiting List"), "orange", "status,=,Waiting"];
		if (doc.checked_in_on) return [__("Present"), "green", "checked_in_on,is,set"];
		return [__("Has a Place"), "blue", "status,=,Has a Place"];
	},
};
