frappe.ui.form.on("Handover Defect", {
	setup(frm) {
		const own = () => ({ filters: { project: frm.doc.project } });
		frm.set_query("unit", own);
		frm.set_query("building", own);
		frm.set_query("contractor", () => ({ filters: { project: frm.doc.project, disabled: 0 } }));
		frm.set_query("defect_kind", () => ({ filters: { disabled: 0 } }));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		const late = frm.doc.due_date < frappe.datetime.get_today();
		if (late && ["To Be Repaired", "Repair Reported"].includes(frm.doc.status)) {
			frm.set_intro(
				__("Should have been repaired by {0}.", [frappe.datetime.str_to_user(frm.doc.due_date)]),
				"red"
			);
		}
		if (frm.doc.status === "To Be Repaired" && !frm.doc.notified_on && frm.doc.contractor && frm.perm[0].write) {
			frm.add_custom_button(__("Notice Was Handed Over"), async () => {
				await frm.call("note_notice");
				frm.reload_doc();
			});
		}
	},
});
