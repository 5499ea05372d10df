frappe.ui.form.on("Inspection Plan", {
	setup(frm) {
		frm.set_query("template", () => ({ filters: { disabled: 0 } }));
		frm.set_query("building", () => ({ filters: { project: frm.doc.project } }));
		frm.set_query("facility", "facilities", () => ({ filters: { project: frm.doc.project, status: "In Use" } }));
		frm.set_query("category", () => ({ filters: frm.doc.kind ? { kind: frm.doc.kind } : {} }));
	},

	async template(frm) {
		if (!frm.doc.template) return;
		const { message } = await frappe.db.get_value("Inspection Template", frm.doc.template, ["kind", "purpose"]);
		frm.set_value(message);
	},

	refresh(frm) {
		if (frm.is_new()) return;
		frm.add_custom_button(__("Tasks"), () =>
			frappe.set_route("List", "Inspection Task", "List", { plan: frm.doc.name })
		);
	},
});
