frappe.ui.form.on("Activity Registration", {
	setup(frm) {
		frm.set_query("resident", () => ({ filters: { project: frm.doc.project } }));
		frm.set_query("activity", () => ({
			filters: { docstatus: 1, workflow_state: ["in", ["Approved", "Under Way"]] },
		}));
	},
	refresh(frm) {
		if (!frm.is_new() && frm.doc.status !== "Cancelled" && !frm.doc.checked_in_on) {
			frm.add_custom_button(__("Cancel Registration"), () =>
				frappe.confirm(__("Give the places back? The first of the waiting list moves up."), async () => {
					await frm.call("cancel_registration");
					frm.reload_doc();
				})
			);
		}
	},
});
