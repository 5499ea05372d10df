frappe.ui.form.on("Event Safety Sheet", {
	setup(frm) {
		frm.set_query("activity", () => ({ filters: { project: frm.doc.project } }));
	},
	refresh(frm) {
		if (!frm.is_new()) {
			frm.add_custom_button(__("On the Phone"), () => frappe.set_route("event-supervision", frm.doc.name));
		}
		if (!frm.is_new() && frm.doc.workflow_state === "Draft") {
			frm.add_custom_button(__("All Checks OK"), () => {
				for (const row of frm.doc.checks.filter((check) => !check.result)) {
					frappe.model.set_value(row.doctype, row.name, "result", "OK");
				}
			});
		}
	},
});
