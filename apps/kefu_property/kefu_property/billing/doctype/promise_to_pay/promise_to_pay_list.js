frappe.listview_settings["Promise to Pay"] = {
	add_fields: ["state"],
	get_indicator(doc) {
		const colours = { Open: "blue", Kept: "green", Broken: "red", Withdrawn: "gray" };
		return [__(doc.state), colours[doc.state] || "gray", `state,=,${doc.state}`];
	},
};
