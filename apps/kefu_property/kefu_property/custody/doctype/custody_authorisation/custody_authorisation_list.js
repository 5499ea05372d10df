frappe.listview_settings["Custody Authorisation"] = {
	add_fields: ["status", "valid_until"],
	get_indicator(doc) {
		if (doc.status === "Revoked") return [__("Revoked"), "gray", "status,=,Revoked"];
		const today = frappe.datetime.get_today();
		return doc.valid_until < today
			? [__("Ended"), "gray", `valid_until,<,${today}`]
			: [__("Active"), "green", "status,=,Active"];
	},
};
