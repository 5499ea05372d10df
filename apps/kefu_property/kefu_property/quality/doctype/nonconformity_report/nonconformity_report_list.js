frappe.listview_settings["Nonconformity Report"] = {
	add_fields: ["status", "next_due"],
	get_indicator(doc) {
		const open = !["Draft", "Closed", "Cancelled"].includes(doc.status);
		if (open && doc.next_due && doc.next_due < frappe.datetime.get_today()) {
			return [__("Overdue"), "red", "next_due,<,Today|status,not in,Draft,Closed,Cancelled"];
		}
		const colours = {
			Draft: "gray",
			"Plan Due": "blue",
			"Plan to Approve": "orange",
			"In Action": "blue",
			"Effect Check": "orange",
			Closed: "green",
			Cancelled: "gray",
		};
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
