frappe.ui.form.on("Internal Audit", {
	setup(frm) {
		frm.set_query("area", () => ({ filters: { project: frm.doc.project, disabled: 0 } }));
		frm.set_query("clause", "clauses", () => ({ filters: { disabled: 0, clause_number: ["is", "set"] } }));
		frm.set_query("programme", () => ({ filters: { project: frm.doc.project, docstatus: 1 } }));
	},

	area: async (frm) => {
		if (!frm.doc.area || frm.doc.auditee) return;
		const { message } = await frappe.db.get_value("Audit Area", frm.doc.area, "responsible");
		if (message.responsible) frm.set_value("auditee", message.responsible);
	},

	refresh(frm) {
		if (frm.doc.docstatus !== 0 || !(frm.doc.clauses || []).length || !frm.perm[0].write) return;
		if (!["Planned", "In Progress", undefined].includes(frm.doc.workflow_state)) return;
		frm.add_custom_button(__("Fill Checklist by Clauses"), async () => {
			const rows = await frappe.xcall("kefu_property.quality.audits.questions", {
				clauses_json: JSON.stringify(frm.doc.clauses.map((row) => row.clause)),
			});
			const have = new Set((frm.doc.checks || []).map((row) => `${row.clause}\n${row.question}`));
			const added = rows.filter((row) => !have.has(`${row.clause}\n${row.question}`));
			added.forEach((row) => frm.add_child("checks", row));
			frm.refresh_field("checks");
			frappe.show_alert({ message: __("{0} questions added", [added.length]), indicator: "green" });
		});
		if (!frm.is_new() && (frm.doc.checks || []).length) {
			frm.add_custom_button(__("Audit Round"), () => frappe.set_route("audit-round", frm.doc.name));
		}
	},
});
