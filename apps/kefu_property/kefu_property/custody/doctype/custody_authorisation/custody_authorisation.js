frappe.ui.form.on("Custody Authorisation", {
	setup(frm) {
		frm.set_query("resident", () => ({ filters: { project: frm.doc.project } }));
		frm.set_query("custody_item", () => ({ filters: { resident: frm.doc.resident, status: "Waiting" } }));
	},
});
