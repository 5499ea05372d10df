frappe.ui.form.on("Work Summary", {
	onload(frm) {
		if (!frm.is_new()) return;
		if (!frm.doc.staff) frm.set_value("staff", frappe.session.user);
		if (!frm.doc.starts_on) frm.set_value("starts_on", frappe.datetime.get_today());
	},

	refresh(frm) {
		if (!frm.is_new() && frm.doc.workflow_state === "Draft" && frm.perm[0].write) {
			frm.add_custom_button(__("Take Figures Again"), async () => {
				if (frm.is_dirty()) await frm.save();
				await frm.call("fill_again");
				frm.reload_doc();
			});
		}
	},
});
