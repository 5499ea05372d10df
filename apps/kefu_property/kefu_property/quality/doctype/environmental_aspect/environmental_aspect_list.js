frappe.listview_settings["Environmental Aspect"] = {
	add_fields: ["significant", "ended", "review_on"],
	get_indicator(doc) {
		if (doc.ended) return [__("No Longer Present"), "gray", "ended,=,1"];
		if (doc.review_on && doc.review_on <= frappe.datetime.get_today()) {
			return [__("Review Due"), "orange", "ended,=,0|review_on,<=,Today"];
		}
		return doc.significant
			? [__("Significant"), "red", "significant,=,1|ended,=,0"]
			: [__("Not Significant"), "green", "significant,=,0|ended,=,0"];
	},
};
