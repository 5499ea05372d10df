frappe.listview_settings["Inspection Task"] = {
	add_fields: ["status", "result", "scheduled_for", "late"],
	has_indicator_for_draft: true,
	get_indicator(doc) {
		if (doc.status === "Done") {
			return doc.result === "Problems"
				? [__("Problems"), "orange", "status,=,Done|result,=,Problems"]
				: [__("In Order"), "green", "status,=,Done|result,=,In Order"];
		}
		if (doc.status === "Planned" && doc.scheduled_for <= frappe.datetime.get_today()) {
			return [__("Due Today"), "blue", "status,=,Planned|scheduled_for,<=,Today"];
		}
		const colours = { Planned: "gray", "Missed Check": "red", Skipped: "gray" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
