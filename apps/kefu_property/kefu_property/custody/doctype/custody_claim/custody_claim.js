frappe.ui.form.on("Custody Claim", {
	setup(frm) {
		frm.set_query("custody_item", () => ({ filters: { project: frm.doc.project } }));
	},

	refresh(frm) {
		if (frm.doc.needs_director && frm.doc.status === "Pending Approval") {
			frm.dashboard.set_headline(__("The Office Director decides on this amount."), "orange");
		}
	},
});
