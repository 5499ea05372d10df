frappe.listview_settings["Property Key"] = {
	add_fields: ["status", "due_on"],
	get_indicator(doc) {
		if (doc.status === "On Loan" && doc.due_on && doc.due_on < frappe.datetime.now_datetime()) {
			return [__("Overdue"), "red", "status,=,On Loan|due_on,<,now"];
		}
		const colours = {
			"In Cabinet": "green",
			"On Loan": "blue",
			"Handed Over": "orange",
			Lost: "red",
			Retired: "gray",
		};
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
