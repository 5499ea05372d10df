frappe.listview_settings["Roster Import"] = {
	get_indicator(doc) {
		const colours = {
			Draft: "gray",
			Checking: "blue",
			"Has Errors": "red",
			Ready: "orange",
			Importing: "blue",
			Completed: "green",
			Failed: "red",
		};
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
	onload(list) {
		list.page.add_inner_button(__("Download Template"), () =>
			window.open("/api/method/kefu_property.registry.doctype.roster_import.roster_import.download_template")
		);
	},
};
