frappe.ui.form.on("Poll Ballot", {
	refresh(frm) {
		if (frm.doc.channel !== "Paper" || !frappe.user.has_role(["CS Supervisor", "Office Director"])) return;
		frm.add_custom_button(__("Take the Vote Back"), () => {
			frappe.prompt(
				{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 },
				async ({ reason }) => {
					await frappe.xcall("kefu_property.service_desk.polls.withdraw_paper", {
						ballot: frm.doc.name,
						reason,
					});
					frm.reload_doc();
				},
				__("Take the Vote Back")
			);
		});
	},
});
