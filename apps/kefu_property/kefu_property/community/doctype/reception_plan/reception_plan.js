frappe.ui.form.on("Reception Plan", {
	setup(frm) {
		frm.set_query("room", "rooms", () => ({ filters: { project: frm.doc.project, disabled: 0 } }));
	},

	refresh(frm) {
		if (frm.doc.workflow_state === "Approved" && frm.doc.ends_on < frappe.datetime.now_datetime()) {
			frm.dashboard.set_headline(
				__("The visit is over: write the record, add photos and the actual costs."),
				"orange"
			);
		}
	},
});
