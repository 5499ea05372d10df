frappe.ui.form.on("Community Notice", {
	setup(frm) {
		frm.set_query("buildings", () => ({ filters: { project: frm.doc.project } }));
	},
	refresh(frm) {
		if (frm.doc.docstatus === 1 && frm.doc.audience_count) {
			const share = Math.round((100 * frm.doc.read_count) / frm.doc.audience_count);
			frm.dashboard.add_progress(
				__("Reach"),
				share,
				__("Read by {0} of {1} residents", [frm.doc.read_count, frm.doc.audience_count])
			);
		}
		if (frm.doc.docstatus === 0 && frm.doc.emergency) {
			frm.dashboard.set_headline(
				__("An emergency notice is published at once by a supervisor; the residents get a message."),
				"red"
			);
		}
	},
});
