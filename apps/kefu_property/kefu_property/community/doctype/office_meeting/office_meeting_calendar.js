frappe.views.calendar["Office Meeting"] = {
	field_map: {
		start: "starts_on",
		end: "ends_on",
		id: "name",
		title: "subject",
		allDay: "all_day",
		status: "status",
	},
	filters: [{ fieldtype: "Link", fieldname: "room", options: "Meeting Room", label: __("Meeting Room") }],
	get_events_method: "frappe.desk.calendar.get_events",
};
