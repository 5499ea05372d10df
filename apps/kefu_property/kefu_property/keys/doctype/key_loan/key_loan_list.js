frappe.listview_settings["Key Loan"] = {
	add_fields: ["status", "due_on", "open_items", "company"],
	has_indicator_for_draft: true,
	has_indicator_for_cancelled: true,
	filters: [["docstatus", "<", 2]],
	get_indicator(doc) {
		const out = ["On Loan", "Partly Returned"].includes(doc.status);
		if (out && doc.due_on < frappe.datetime.now_datetime()) {
			return [__("Overdue"), "red", "status,in,On Loan,Partly Returned|due_on,<,now"];
		}
		const colours = {
			Draft: "gray",
			"Pending Approval": "orange",
			Approved: "blue",
			"On Loan": "blue",
			"Partly Returned": "orange",
			Returned: "green",
			Cancelled: "gray",
		};
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},
};
