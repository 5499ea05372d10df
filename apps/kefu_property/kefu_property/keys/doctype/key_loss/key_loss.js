frappe.ui.form.on("Key Loss", {
	setup(frm) {
		frm.set_query("property_key", () => ({
			filters: { project: frm.doc.project, status: ["in", ["In Cabinet", "On Loan", "Handed Over"]] },
		}));
		frm.set_query("key_loan", () => ({ filters: { project: frm.doc.project, docstatus: 1 } }));
	},

	refresh(frm) {
		const late = frm.doc.lock_change_due && frm.doc.lock_change_due < frappe.datetime.get_today();
		if (frm.doc.status === "Lock Change Due" && late) {
			frm.dashboard.set_headline(__("The lock change is late."), "red");
		}
	},
});
