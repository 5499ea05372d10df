frappe.ui.form.on("Dormitory Stay", {
	setup(frm) {
		frm.set_query("application", () => ({ filters: { workflow_state: "Approved", docstatus: 1 } }));
	},

	refresh(frm) {
		const { status, project, name, staff } = frm.doc;
		if (status !== "Staying" || !frappe.model.can_create("Dormitory Checkout")) return;
		frm.add_custom_button(__("Check Out"), () =>
			frappe.new_doc("Dormitory Checkout", { project, stay: name, left_on: frappe.datetime.get_today() })
		).addClass("btn-primary");
		frm.add_custom_button(__("Change of Bed"), () =>
			frappe.new_doc("Dormitory Application", { project, staff, kind: "Change of Bed" })
		);
		frm.add_custom_button(__("Violation"), () => frappe.new_doc("Dormitory Violation", { project, stay: name }));
		frm.add_custom_button(__("Record Visitor"), () =>
			frappe.new_doc("Dormitory Visitor", { project, building: frm.doc.building, staff })
		);
	},
});
