frappe.ui.form.on("Service Department", {
	setup(frm) {
		const staff = () => ({ filters: { enabled: 1, user_type: "System User" } });
		frm.set_query("lead", staff);
		frm.set_query("user", "members", staff);
	},
});
