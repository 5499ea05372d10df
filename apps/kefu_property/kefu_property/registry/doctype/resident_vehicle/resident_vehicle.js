frappe.ui.form.on("Resident Vehicle", {
	setup(frm) {
		["resident", "unit"].forEach((field) =>
			frm.set_query(field, () => ({ filters: { project: frm.doc.project || "", disabled: 0 } }))
		);
	},
});
