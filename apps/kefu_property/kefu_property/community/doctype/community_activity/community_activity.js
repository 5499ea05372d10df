frappe.ui.form.on("Community Activity", {
	refresh(frm) {
		if (frm.is_new()) return;
		if (frm.doc.quota && frm.doc.docstatus === 1) {
			frm.dashboard.add_progress(
				__("Places Taken"),
				Math.round((100 * frm.doc.registered_count) / frm.doc.quota),
				__("{0} of {1} places taken, {2} waiting", [
					frm.doc.registered_count,
					frm.doc.quota,
					frm.doc.waiting_count,
				])
			);
		}
		if (frm.doc.risk !== "None" && frm.doc.docstatus < 2) {
			frm.add_custom_button(__("Safety Sheet"), async () => {
				const { message } = await frm.call("make_safety_sheet");
				frappe.set_route("Form", "Event Safety Sheet", message);
			});
		}
		if (frm.doc.docstatus === 1 && ["Approved", "Under Way"].includes(frm.doc.workflow_state)) {
			frm.add_custom_button(__("Check-in"), () => frappe.set_route("activity-check-in", frm.doc.name));
			frm.add_custom_button(__("Register a Resident"), () =>
				frappe.new_doc("Activity Registration", { project: frm.doc.project, activity: frm.doc.name })
			);
		}
	},
});
