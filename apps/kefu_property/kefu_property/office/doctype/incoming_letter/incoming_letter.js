frappe.ui.form.on("Incoming Letter", {
	setup(frm) {
		frm.set_query("organisation", () => ({ filters: { project: frm.doc.project } }));
		frm.set_query("user", "handlers", () => ({ filters: { user_type: "System User", enabled: 1 } }));
	},

	organisation(frm) {
		if (frm.doc.organisation && !frm.doc.sender) {
			frm.set_value("sender", frappe.utils.get_link_title("External Organisation", frm.doc.organisation));
		}
	},

	refresh(frm) {
		if (frm.is_new()) return;
		if (frm.doc.workflow_state === "In Handling") {
			const mine = (frm.doc.handlers || []).find((row) => row.user === frappe.session.user && !row.done_on);
			if (mine) frm.add_custom_button(__("Give My Opinion"), () => opinion(frm)).addClass("btn-primary");
			if (frappe.model.can_create("Issued Document")) {
				frm.add_custom_button(__("Write an Answer"), () =>
					frappe.new_doc("Issued Document", {
						project: frm.doc.project,
						incoming_letter: frm.doc.name,
						main_recipient: frm.doc.sender,
						subject: __("Answer: {0}", [frm.doc.subject]),
					})
				);
			}
		}
		const late = frm.doc.due_on && frm.doc.due_on < frappe.datetime.get_today();
		if (late && frm.doc.workflow_state !== "Closed") {
			frm.dashboard.set_headline(__("The answer to this letter is late."), "red");
		}
	},
});

function opinion(frm) {
	frappe.prompt(
		{ fieldname: "opinion", fieldtype: "Small Text", label: __("Handler's Opinion"), reqd: 1 },
		async (values) => {
			await frm.call("give_opinion", values);
			frm.reload_doc();
		},
		__("Give My Opinion"),
		__("Done")
	);
}
