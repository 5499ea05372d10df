frappe.views.calendar["Inspection Task"] = {
	field_map: { start: "scheduled_for", end: "scheduled_for", id: "name", title: "facility_name", allDay: "allDay" },
	get_events_method: "frappe.desk.calendar.get_events",
	filters: [{ fieldtype: "Link", fieldname: "project", options: "Property Project", label: __("Project") }],
};
