frappe.listview_settings["Facility Maintenance"] = {
	add_fields: ["status", "planned_on"],
	get_indicator(doc) {
		if (doc.status === "Planned" && doc.planned_on < frappe.datetime.get_today()) {
			return [__("Overdue"), "red", "status,=,Planned|planned_on,<,Today"];
		}
		const colours = { Planned: "blue", "Work Reported": "orange", "Work Accepted": "green", Dropped: "gray" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
