frappe.listview_settings["Controlled Document"] = {
	add_fields: ["status", "review_on"],
	get_indicator(doc) {
		if (doc.status === "In Force" && doc.review_on && doc.review_on < frappe.datetime.get_today()) {
			return [__("Review Due"), "orange", "status,=,In Force|review_on,<,Today"];
		}
		const colours = { "No Valid Version": "blue", "In Force": "green", Withdrawn: "gray" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
