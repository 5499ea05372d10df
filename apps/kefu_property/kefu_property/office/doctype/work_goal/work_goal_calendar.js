frappe.views.calendar["Work Goal"] = {
	field_map: {
		start: "starts_on",
		end: "ends_on",
		id: "name",
		title: "title",
		allDay: "allDay",
		progress: "progress",
	},
	gantt: true,
	get_events_method: "frappe.desk.calendar.get_events",
	filters: [
		{ fieldtype: "Link", fieldname: "project", options: "Property Project", label: __("Project") },
		{ fieldtype: "Link", fieldname: "responsible", options: "User", label: __("Responsible") },
	],
};
