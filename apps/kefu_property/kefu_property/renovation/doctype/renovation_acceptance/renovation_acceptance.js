frappe.ui.form.on("Renovation Acceptance", {
	setup(frm) {
		frm.set_query("permit", () => ({ filters: { project: frm.doc.project } }));
	},

	async onload(frm) {
		if (!frm.is_new() || (frm.doc.lines || []).length) return;
		const checks = await frappe.db.get_list("Renovation Check", {
			filters: { used_for: "Acceptance", disabled: 0 },
			pluck: "name",
			order_by: "position, check_text",
			limit: 50,
		});
		frm.clear_table("lines");
		for (const check_text of checks) frm.add_child("lines", { check_text });
		frm.refresh_field("lines");
	},
});
