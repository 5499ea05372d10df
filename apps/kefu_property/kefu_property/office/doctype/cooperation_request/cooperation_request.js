frappe.ui.form.on("Cooperation Request", {
	setup(frm) {
		frm.set_query("to_staff", () => ({ filters: { user_type: "System User", enabled: 1 } }));
	},
});
