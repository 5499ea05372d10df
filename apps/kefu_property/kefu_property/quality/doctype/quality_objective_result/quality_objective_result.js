frappe.ui.form.on("Quality Objective Result", {
	setup(frm) {
		// objectives with a formula are measured by the system
		frm.set_query("objective", () => ({ filters: { docstatus: 1, formula: ["is", "not set"] } }));
	},

	refresh(frm) {
		frm.set_df_property("value", "read_only", !frm.is_new() && !frm.doc.by_hand ? 1 : 0);
		if (frm.is_new() || frm.doc.outcome !== "Missed") return;
		if (frm.doc.nonconformity || !frm.perm[0].write) return;
		frm.add_custom_button(__("Raise Nonconformity"), async () => {
			const { message } = await frm.call("raise_nonconformity");
			frappe.set_route("Form", "Nonconformity Report", message);
		});
	},
});
