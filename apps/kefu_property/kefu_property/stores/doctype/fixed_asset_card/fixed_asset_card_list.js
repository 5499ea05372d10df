frappe.listview_settings["Fixed Asset Card"] = {
	add_fields: ["status", "missing_since"],
	has_indicator_for_draft: true,
	get_indicator(doc) {
		if (doc.missing_since) return [__("Missing"), "red", "missing_since,is,set"];
		const colours = {
			Draft: "gray",
			"Pending Approval": "orange",
			"In Use": "green",
			Idle: "orange",
			"Under Repair": "blue",
			Scrapped: "gray",
			Sold: "gray",
		};
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},
	onload(list) {
		list.page.add_action_item(__("Print Labels"), () => {
			const names = list.get_checked_items(true);
			const method = "kefu_property.stores.doctype.fixed_asset_card.fixed_asset_card.labels";
			window.open(`/api/method/${method}?names=${encodeURIComponent(JSON.stringify(names))}`);
		});
	},
};
