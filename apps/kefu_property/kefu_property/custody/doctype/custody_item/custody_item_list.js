frappe.listview_settings["Custody Item"] = {
	add_fields: ["status", "received_on"],
	filters: [["status", "=", "Waiting"]],
	onload(list) {
		list.page.add_action_item(__("Print Labels"), () => {
			const items = list.get_checked_items(true);
			window.open(
				`/api/method/kefu_property.custody.intake.labels?items=${encodeURIComponent(JSON.stringify(items))}`
			);
		});
	},
	get_indicator(doc) {
		const week = frappe.datetime.add_days(frappe.datetime.now_date(), -7);
		if (doc.status === "Waiting" && doc.received_on < week) {
			return [__("Overdue"), "red", `status,=,Waiting|received_on,<,${week}`];
		}
		const colours = {
			Waiting: "blue",
			"Picked Up": "green",
			Returned: "gray",
			"In Dispute": "orange",
			Lost: "red",
		};
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
