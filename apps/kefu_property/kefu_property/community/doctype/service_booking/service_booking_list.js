frappe.listview_settings["Service Booking"] = {
	has_indicator_for_draft: true,
	has_indicator_for_cancelled: true,
	add_fields: ["status", "service_date"],
	get_indicator(doc) {
		const late = doc.service_date < frappe.datetime.get_today();
		if (["Booked", "Dispatched"].includes(doc.status) && late) {
			return [__("Overdue"), "red", `status,in,Booked,Dispatched|service_date,<,${frappe.datetime.get_today()}`];
		}
		const colour = { Booked: "orange", Dispatched: "blue", Done: "green", Cancelled: "gray" };
		return [__(doc.status), colour[doc.status], `status,=,${doc.status}`];
	},
};
