frappe.ui.form.on("Overtime Request", {
	setup(frm) {
		frm.set_query("staff", () => ({
			filters: { status: ["in", ["Probation", "Active"]], ...(frm.doc.project ? { project: frm.doc.project } : {}) },
		}));
	},

	onload: (frm) => frappe.kefu.take_myself(frm),
});
