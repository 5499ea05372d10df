frappe.ui.form.on("Property Project", {
	refresh(frm) {
		if (frm.is_new()) {
			return;
		}
		if (frappe.model.can_create("Roster Import")) {
			frm.add_custom_button(
				__("Import Roster"),
				() => frappe.new_doc("Roster Import", { project: frm.doc.name }),
				__("Roster")
			);
		}
		if (frappe.model.can_export("Resident")) {
			frm.add_custom_button(__("Export Roster"), () => export_roster(frm), __("Roster"));
		}
		frm.add_custom_button(__("Unit Grid"), () => frappe.set_route("unit-grid", frm.doc.name));
		frm.add_custom_button(
			__("Completeness"),
			() => frappe.set_route("query-report", "Registry Completeness", { project: frm.doc.name }),
			__("Roster")
		);
	},
});

function export_roster(frm) {
	const own = (frm.doc.purposes || []).map((row) => row.purpose);
	const standard = [
		"Contact about fees",
		"Contact about a case",
		"Check of identity",
		"Move or transfer",
		"Emergency",
	];
	const purposes = (own.length ? own : standard).map((value) => ({ value, label: __(value) }));
	const full_allowed = ["Office Director", "Kefu Administrator"].some((role) => frappe.user.has_role(role));
	const dialog = new frappe.ui.Dialog({
		title: __("Export Roster"),
		fields: [
			{
				fieldname: "purpose",
				fieldtype: "Select",
				label: __("Purpose"),
				options: purposes,
				reqd: 1,
				description: __("The export is recorded with your name."),
			},
			{
				fieldname: "full",
				fieldtype: "Check",
				label: __("With full phone and ID numbers"),
				hidden: !full_allowed,
			},
		],
		primary_action_label: __("Export"),
		primary_action(values) {
			dialog.hide();
			window.open_url_post(
				"/api/method/kefu_property.registry.doctype.roster_import.roster_import.export_roster",
				{ project: frm.doc.name, purpose: values.purpose, full: values.full ? 1 : 0 }
			);
		},
	});
	dialog.show();
}
