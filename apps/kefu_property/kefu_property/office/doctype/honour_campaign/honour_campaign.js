frappe.ui.form.on("Honour Campaign", {
	async onload(frm) {
		const measures = await frappe.xcall("kefu_property.office.goals.get_measures");
		frm.fields_dict.criteria.grid.update_docfield_property("measure", "options", measures);
	},

	refresh(frm) {
		if (frm.is_new() || frm.doc.workflow_state === "Decided") return;
		frm.dashboard.add_indicator(
			__("Own score {0} of {1}", [frm.doc.own_score, frm.doc.full_score]),
			frm.doc.own_score >= (frm.doc.pass_score || 0) ? "green" : "orange"
		);
		if (!frm.perm[0].write) return;
		frm.add_custom_button(__("Collect Evidence"), () => run(frm, "collect_evidence"));
		frm.add_custom_button(__("Make Tasks of Gaps"), () => run(frm, "make_tasks"));
	},
});

async function run(frm, method) {
	if (frm.is_dirty()) await frm.save();
	const answer = await frm.call(method);
	frappe.show_alert({ message: __("{0} rows", [answer.message]), indicator: "green" });
	frm.reload_doc();
}
