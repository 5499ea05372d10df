frappe.ui.form.on("Home Handover", {
	setup(frm) {
		const own = () => ({ filters: { project: frm.doc.project, disabled: 0 } });
		frm.set_query("unit", own);
		frm.set_query("resident", own);
		frm.set_query("resident", "people", own);
		frm.set_query("batch", () => ({ filters: { project: frm.doc.project, docstatus: 1 } }));
		frm.set_query("property_key", "home_keys", () => ({ filters: { unit: frm.doc.unit } }));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		if (["Waiting", "Called", "In Progress"].includes(frm.doc.status) && frm.perm[0].write) {
			frm.add_custom_button(__("Home Check"), () => frappe.set_route("home-check", frm.doc.name));
		}
		if (frm.doc.docstatus === 0) {
			frm.add_custom_button(__("Handover Desk"), () => frappe.set_route("handover-desk"));
		}
		frm.add_custom_button(__("Defects"), () =>
			frappe.set_route("List", "Handover Defect", { home_handover: frm.doc.name })
		);
	},
});
