frappe.views.calendar["Community Activity"] = {
	field_map: { start: "starts_on", end: "ends_on", id: "name", title: "title", allDay: "all_day" },
	filters: [{ fieldtype: "Link", fieldname: "project", options: "Property Project", label: __("Project") }],
	get_events_method: "frappe.desk.calendar.get_events",
};
