frappe.ui.form.on("Advertising Content Check", {
	setup(frm) {
		frm.set_query("facility", () => ({ filters: { project: frm.doc.project, kind: "Advertising Place" } }));
		frm.set_query("contract", () => ({ filters: { facility: frm.doc.facility, docstatus: 1 } }));
	},
});
