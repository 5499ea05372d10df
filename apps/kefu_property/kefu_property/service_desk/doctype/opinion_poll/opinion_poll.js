frappe.ui.form.on("Opinion Poll", {
	setup(frm) {
		frm.set_query("matter", () => ({ filters: { disabled: 0 } }));
		frm.set_query("building", "buildings", () => ({ filters: { project: frm.doc.project } }));
	},

	refresh(frm) {
		const turnout = frm.doc.__onload && frm.doc.__onload.turnout;
		if (frm.doc.status !== "Open" || !turnout) return;
		frm.dashboard.set_headline(__("{0} of {1} homes have voted.", [turnout.voted, turnout.homes]), "blue");
		frm.add_custom_button(__("Enter Paper Vote"), () => paper_vote(frm));
	},
});

function paper_vote(frm) {
	const dialog = new frappe.ui.Dialog({
		title: __("Enter Paper Vote"),
		fields: [
			{
				fieldname: "unit",
				fieldtype: "Link",
				options: "Property Unit",
				label: __("Home"),
				reqd: 1,
				get_query: () => ({ filters: { project: frm.doc.project } }),
			},
			{
				fieldname: "choice",
				fieldtype: "Select",
				label: __("Choice"),
				reqd: 1,
				options: ["For", "Against", "Abstain"].map((value) => ({ value, label: __(value) })),
			},
			{
				fieldname: "resident",
				fieldtype: "Link",
				options: "Resident",
				label: __("Signed By"),
				get_query: () => ({ filters: { project: frm.doc.project } }),
			},
			{ fieldname: "evidence", fieldtype: "Attach", label: __("Signed Paper"), reqd: 1 },
		],
		primary_action_label: __("Save"),
		async primary_action(values) {
			await frappe.xcall("kefu_property.service_desk.polls.enter_paper", { poll: frm.doc.name, ...values });
			dialog.hide();
			frm.reload_doc();
		},
	});
	dialog.show();
}
