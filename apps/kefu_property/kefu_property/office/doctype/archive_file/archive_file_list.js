frappe.listview_settings["Archive File"] = {
	add_fields: ["status", "retention_until"],
	get_indicator(doc) {
		if (doc.status === "Destroyed") return [__("Destroyed"), "gray", "status,=,Destroyed"];
		if (doc.status === "Lent") return [__("Lent"), "purple", "status,=,Lent"];
		const over = doc.retention_until && doc.retention_until < frappe.datetime.get_today();
		return over
			? [
					__("Retention Ended"),
					"orange",
					"status,=,In the Archive|retention_until,is,set|retention_until,<,Today",
				]
			: [__("In the Archive"), "green", "status,=,In the Archive"];
	},
	onload(list) {
		list.page.add_inner_button(__("Search in the Texts"), () => frappe.set_route("archive-search"));
	},
};
