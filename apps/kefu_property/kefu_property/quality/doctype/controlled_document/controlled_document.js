frappe.ui.form.on("Controlled Document", {
	setup(frm) {
		frm.set_query("area", () => ({ filters: { project: frm.doc.project, disabled: 0 } }));
		frm.set_query("clause", "clauses", () => ({ filters: { disabled: 0, clause_number: ["is", "set"] } }));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		if (frm.doc.current_version) {
			frm.add_custom_button(__("Valid Version"), () =>
				frappe.set_route("Form", "Controlled Document Version", frm.doc.current_version)
			);
		}
		if (frm.doc.status !== "Withdrawn" && frappe.model.can_create("Controlled Document Version")) {
			frm.add_custom_button(__("New Version"), async () => {
				const { message } = await frm.call("following_version");
				frappe.new_doc("Controlled Document Version", {
					document: frm.doc.name,
					project: frm.doc.project,
					version_no: message,
					effective_on: frappe.datetime.get_today(),
				});
			});
		}
		if (frm.doc.status !== "In Force" || !frm.perm[0].write) return;
		frm.add_custom_button(__("Reviewed, Stays Valid"), () =>
			ask(frm, "confirm_review", __("Reviewed, Stays Valid"), "note", __("What Was Looked At"))
		);
		if (frappe.user.has_role(["Office Director", "Kefu Administrator"])) {
			frm.add_custom_button(__("Withdraw"), () => ask(frm, "withdraw", __("Withdraw"), "reason", __("Reason")));
		}
	},
});

function ask(frm, method, title, fieldname, label) {
	frappe.prompt(
		{ fieldname, fieldtype: "Small Text", label, reqd: 1 },
		async (values) => {
			await frm.call(method, values);
			frm.reload_doc();
		},
		title,
		__("Save")
	);
}
