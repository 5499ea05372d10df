frappe.listview_settings["Utility Meter"] = {
	add_fields: ["status", "base_estimated"],
	hide_name_column: true,
	get_indicator(doc) {
		if (doc.status === "Removed") return [__("Removed"), "gray", "status,=,Removed"];
		if (doc.base_estimated) return [__("Estimated"), "orange", "base_estimated,=,1"];
		return [__("In Use"), "green", "status,=,In Use"];
	},
	onload(list) {
		list.page.add_inner_button(__("Reading Sheet"), () => frappe.set_route("meter-reading-sheet"));
	},
};
