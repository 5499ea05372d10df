frappe.listview_settings["Handover Defect"] = {
	add_fields: ["status", "due_date"],
	has_indicator_for_draft: true,
	get_indicator(doc) {
		const open = ["To Be Repaired", "Repair Reported"].includes(doc.status);
		if (open && doc.due_date < frappe.datetime.get_today()) {
			return [__("Overdue"), "red", "status,in,To Be Repaired,Repair Reported|due_date,<,Today"];
		}
		const colours = {
			"To Be Repaired": "blue",
			"Repair Reported": "orange",
			Closed: "green",
			"Called Off": "gray",
		};
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
