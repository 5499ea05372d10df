frappe.views.calendar["Owner Forum"] = {
	field_map: { start: "held_on", end: "ends_on", id: "name", title: "subject", allDay: 0 },
	get_css_class: (data) =>
		({ Planned: "info", Invited: "info", Held: "warning", Cancelled: "danger" })[data.status] || "success",
	get_events_method: "frappe.desk.calendar.get_events",
};
