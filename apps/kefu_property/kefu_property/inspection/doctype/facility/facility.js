frappe.ui.form.on("Facility", {
	setup(frm) {
		frm.set_query("building", () => ({ filters: { project: frm.doc.project } }));
		frm.set_query("category", () => ({ filters: { is_group: 0, disabled: 0 } }));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		frm.add_custom_button(__("Check Now"), () => frappe.set_route("inspection-round", frm.doc.code));
		frm.add_custom_button(__("Print Label"), () => print_facility_labels([frm.doc.name]));
		const values = { project: frm.doc.project, facility: frm.doc.name };
		const menu = __("New");
		for (const [label, doctype] of [
			[__("Rectification"), "Rectification"],
			[__("Facility Maintenance"), "Facility Maintenance"],
			[__("Facility Maintenance Plan"), "Facility Maintenance Plan"],
		]) {
			if (frappe.model.can_create(doctype)) {
				frm.add_custom_button(label, () => frappe.new_doc(doctype, values), menu);
			}
		}
		if (frm.doc.kind === "Advertising Place" && frappe.model.can_create("Advertising Contract")) {
			frm.add_custom_button(
				__("Advertising Contract"),
				() => frappe.new_doc("Advertising Contract", values),
				menu
			);
		}
		if (frm.doc.end_of_life && frm.doc.end_of_life < frappe.datetime.get_today()) {
			frm.dashboard.set_headline(
				__("The usual life of this facility ended on {0}.", [frappe.datetime.str_to_user(frm.doc.end_of_life)]),
				"orange"
			);
		}
	},
});

function print_facility_labels(names) {
	const method = "kefu_property.inspection.labels.sheet";
	window.open(`/api/method/${method}?names=${encodeURIComponent(JSON.stringify(names))}`);
}
