frappe.ui.form.on("Dormitory Room", {
	setup(frm) {
		frm.set_query("building", () => ({ filters: { disabled: 0 } }));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		if (frm.perm[0]?.write) {
			frm.add_custom_button(__("Make Beds"), async () => {
				const answer = await frm.call("make_beds");
				frappe.show_alert({ message: __("{0} beds added.", [answer.message]), indicator: "green" });
				frm.reload_doc();
			});
		}
		frm.add_custom_button(__("Beds"), () => frappe.set_route("List", "Dormitory Bed", { room: frm.doc.name }));
	},
});
