frappe.listview_settings["Staff Contract"] = {
	add_fields: ["status", "to_date"],
	get_indicator(doc) {
		if (doc.status === "In Force" && doc.to_date && doc.to_date <= frappe.datetime.add_days(undefined, 30)) {
			return [__("Ends Soon"), "orange", "status,=,In Force"];
		}
		const colours = { "In Force": "green", Expired: "red", Ended: "gray" };
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},
};
