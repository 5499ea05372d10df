frappe.listview_settings["Facility"] = {
	add_fields: ["status", "open_rectifications"],
	get_indicator(doc) {
		if (doc.status === "In Use" && doc.open_rectifications) {
			return [__("With Defects"), "orange", "status,=,In Use|open_rectifications,>,0"];
		}
		const colours = { "In Use": "green", "Under Repair": "blue" };
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},
	onload(list) {
		list.page.add_action_item(__("Print Labels"), () => {
			const names = list.get_checked_items(true);
			const method = "kefu_property.inspection.labels.sheet";
			window.open(`/api/method/${method}?names=${encodeURIComponent(JSON.stringify(names))}`);
		});
	},
};
