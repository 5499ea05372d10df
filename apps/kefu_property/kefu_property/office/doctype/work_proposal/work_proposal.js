frappe.ui.form.on("Work Proposal", {
	refresh(frm) {
		if (frm.is_new()) return;
		const waiting = ["Pending Review", "Pending Decision"].includes(frm.doc.workflow_state);
		if (frm.doc.votes_for || frm.doc.votes_against) {
			frm.dashboard.add_indicator(
				__("{0} for, {1} against", [frm.doc.votes_for, frm.doc.votes_against]),
				frm.doc.votes_for >= frm.doc.votes_against ? "green" : "orange"
			);
		}
		if (waiting && frm.doc.proposer !== frappe.session.user) {
			frm.add_custom_button(__("For"), () => vote(frm, "For"), __("Vote"));
			frm.add_custom_button(__("Against"), () => vote(frm, "Against"), __("Vote"));
		}
	},
});

function vote(frm, choice) {
	frappe.prompt(
		[{ fieldname: "comment", fieldtype: "Small Text", label: __("Comment") }],
		async ({ comment }) => {
			await frm.call("vote", { choice, comment });
			frappe.show_alert({ message: __("Your vote counts."), indicator: "green" });
			frm.reload_doc();
		},
		__("Vote"),
		__("Vote")
	);
}
