frappe.ui.form.on("Duty Correction", {
	setup(frm) {
		frm.set_query("staff", () => ({
			filters: {
				status: ["in", ["Probation", "At Work"]],
				...(frm.doc.project ? { project: frm.doc.project } : {}),
			},
		}));
	},

	onload: (frm) => frappe.kefu.take_myself(frm),

	duty_date(frm) {
		if (frm.doc.duty_date && !frm.doc.taken_on) frm.set_value("taken_on", `${frm.doc.duty_date} 09:00:00`);
	},
});
