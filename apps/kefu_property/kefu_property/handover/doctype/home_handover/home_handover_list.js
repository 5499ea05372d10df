frappe.listview_settings["Home Handover"] = {
	add_fields: ["status", "open_defects"],
	has_indicator_for_draft: true,
	get_indicator(doc) {
		const colours = {
			"To Be Booked": "gray",
			Booked: "blue",
			Waiting: "orange",
			Called: "orange",
			"In Progress": "blue",
			"Handed Over without Defects": "green",
			"Handed Over with Defects": doc.open_defects ? "yellow" : "green",
			Refused: "red",
			"Did Not Come": "red",
		};
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
