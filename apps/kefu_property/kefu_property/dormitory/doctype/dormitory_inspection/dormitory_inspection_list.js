frappe.listview_settings["Dormitory Inspection"] = {
	add_fields: ["status", "next_due"],
	get_indicator(doc) {
		if (doc.status === "Hazards Open" && doc.next_due && doc.next_due < frappe.datetime.get_today()) {
			return [__("Hazards Overdue"), "red", "status,=,Hazards Open|next_due,<,Today"];
		}
		const colours = { Draft: "gray", "Hazards Open": "orange", Done: "green", Cancelled: "gray" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
