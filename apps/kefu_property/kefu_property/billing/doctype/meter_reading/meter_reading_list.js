frappe.listview_settings["Meter Reading"] = {
	add_fields: ["unusual", "reading_type"],
	hide_name_column: true,
	get_indicator(doc) {
		if (doc.unusual) return [__("Unusual"), "red", "unusual,=,1"];
		if (doc.reading_type === "Estimated") return [__("Estimated"), "orange", "reading_type,=,Estimated"];
		return [__(doc.reading_type), "green", `reading_type,=,${doc.reading_type}`];
	},
	onload(list) {
		list.page.add_inner_button(__("Reading Sheet"), () => frappe.set_route("meter-reading-sheet"));
	},
};
