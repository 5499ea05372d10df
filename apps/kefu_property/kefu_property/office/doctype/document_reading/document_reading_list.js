frappe.listview_settings["Document Reading"] = {
	add_fields: ["status", "read_by", "user"],
	get_indicator(doc) {
		if (doc.status === "Has Read") return [__("Has Read"), "green", "status,=,Has Read"];
		const late = doc.read_by && doc.read_by < frappe.datetime.get_today();
		return late
			? [__("Overdue"), "red", "status,=,Unread|read_by,<,Today"]
			: [__("Unread"), "orange", "status,=,Unread"];
	},
	onload(list) {
		list.page.add_inner_button(__("To Be Read by Me"), () => {
			list.filter_area.clear(false);
			list.filter_area.add([
				["Document Reading", "user", "=", frappe.session.user],
				["Document Reading", "status", "=", "Unread"],
			]);
		});
	},
};
