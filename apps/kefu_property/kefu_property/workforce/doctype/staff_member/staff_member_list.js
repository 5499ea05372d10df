frappe.listview_settings["Staff Member"] = {
	add_fields: ["status"],
	get_indicator(doc) {
		const colours = { Joining: "blue", Probation: "orange", Active: "green", Suspended: "red", Left: "gray" };
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},
};
