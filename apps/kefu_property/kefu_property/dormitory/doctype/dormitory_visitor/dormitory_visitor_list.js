frappe.listview_settings["Dormitory Visitor"] = {
	add_fields: ["status", "leave_by"],
	get_indicator(doc) {
		if (doc.status === "Inside" && doc.leave_by && doc.leave_by < frappe.datetime.now_datetime()) {
			return [__("Still Inside"), "red", "status,=,Inside"];
		}
		return [__(doc.status), doc.status === "Inside" ? "blue" : "gray", `status,=,${doc.status}`];
	},
};
