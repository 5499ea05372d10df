frappe.listview_settings.Resident = {
	hide_name_column: true,
	add_fields: ["disabled", "resident_type", "merged_into"],
	filters: [["disabled", "=", 0]],
	get_indicator(doc) {
		if (doc.disabled) {
			return [doc.merged_into ? __("Merged") : __("Disabled"), "gray", "disabled,=,1"];
		}
		const colours = { Person: "green", Company: "blue", Developer: "orange" };
		return [__(doc.resident_type), colours[doc.resident_type], `resident_type,=,${doc.resident_type}`];
	},
	onload(list) {
		list.page.add_inner_button(__("Duplicates"), () => frappe.set_route("query-report", "Duplicate Residents"));
		list.page.add_inner_button(__("Owners"), () => frappe.set_route("query-report", "Property Owners"));
	},
};
