frappe.ui.form.on("Overtime Request", {
	setup(frm) {
		frm.set_query("staff", () => ({
			filters: {
				status: ["in", ["Probation", "At Work"]],
				...(frm.doc.project ? { project: frm.doc.project } : {}),
			},
		}));
	},

	onload: (frm) => frappe.kefu.take_myself(frm),
});
