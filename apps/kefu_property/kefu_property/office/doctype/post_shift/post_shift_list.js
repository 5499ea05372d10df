frappe.listview_settings["Post Shift"] = {
	add_fields: ["starts_on", "ends_on"],
	get_indicator(doc) {
		const now = frappe.datetime.now_datetime();
		if (doc.ends_on < now) return [__("Ended"), "gray", `ends_on,<,${now}`];
		if (doc.starts_on <= now) return [__("On Duty"), "green", `starts_on,<=,${now}`];
		return [__("Planned"), "blue", `starts_on,>,${now}`];
	},
};
