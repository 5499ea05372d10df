frappe.ui.form.on("Duty Swap", {
	setup(frm) {
		const now = frappe.datetime.now_datetime();
		frm.set_query("duty_shift", () => ({ filters: { project: frm.doc.project, starts_on: [">", now] } }));
		frm.set_query("with_shift", () => ({
			filters: { project: frm.doc.project, staff: frm.doc.with_staff, starts_on: [">", now] },
		}));
		frm.set_query("with_staff", () => ({ filters: { user_type: "System User", enabled: 1 } }));
	},
});
