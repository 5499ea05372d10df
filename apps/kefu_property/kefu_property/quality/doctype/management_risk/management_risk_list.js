frappe.listview_settings["Management Risk"] = {
	add_fields: ["status", "review_on"],
	get_indicator(doc) {
		if (doc.status !== "Closed" && doc.review_on && doc.review_on <= frappe.datetime.get_today()) {
			return [__("Review Due"), "orange", "status,!=,Closed|review_on,<=,Today"];
		}
		const colours = { "To Be Treated": "red", "Under Treatment": "blue", Controlled: "green", Closed: "gray" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
	formatters: {
		level: (value) => frappe.kefu_level(value),
		residual_level: (value) => frappe.kefu_level(value),
	},
};

frappe.kefu_level = (value) => {
	const colour = { Low: "green", Medium: "orange", High: "red" }[value];
	return colour ? `<span class="indicator-pill ${colour}">${__(value)}</span>` : "";
};
