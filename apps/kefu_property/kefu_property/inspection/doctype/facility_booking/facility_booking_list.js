frappe.listview_settings["Facility Booking"] = {
	add_fields: ["status"],
	get_indicator(doc) {
		const colours = { Requested: "orange", Confirmed: "green", Refused: "red", Cancelled: "gray" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
