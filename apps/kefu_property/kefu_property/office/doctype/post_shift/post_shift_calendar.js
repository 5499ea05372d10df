frappe.views.calendar["Post Shift"] = {
	field_map: { start: "starts_on", end: "ends_on", id: "name", title: "title", allDay: "all_day" },
	options: { editable: false },
	get_events_method: "frappe.desk.calendar.get_events",
	filters: [{ fieldtype: "Link", fieldname: "post", options: "Duty Post", label: __("Duty Post") }],
};
