frappe.listview_settings["Improvement Proposal"] = {
	add_fields: ["status", "effect", "due_on"],
	get_indicator(doc) {
		if (["Approved", "In Progress"].includes(doc.status) && doc.due_on < frappe.datetime.get_today()) {
			return [__("Overdue"), "red", `status,in,Approved,In Progress|due_on,<,${frappe.datetime.get_today()}`];
		}
		const colours = {
			Draft: "gray",
			"Pending Review": "orange",
			"Pending Approval": "orange",
			Approved: "blue",
			"In Progress": "blue",
			"Effect Check": "orange",
			Closed: "green",
			Rejected: "red",
		};
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
