frappe.ui.form.on("Resident Merge", {
	setup(frm) {
		["survivor", "merged"].forEach((field) =>
			frm.set_query(field, () => ({ filters: { project: frm.doc.project || "", disabled: 0 } }))
		);
	},
	refresh(frm) {
		if (frm.doc.docstatus === 0 && frm.doc.contradictions) {
			frm.dashboard.set_headline(frappe.utils.escape_html(frm.doc.contradictions), "red");
		}
	},
});
