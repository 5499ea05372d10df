frappe.ui.form.on("Archive File", {
	setup(frm) {
		frm.set_query("archive_class", () => ({ filters: { is_group: 0, disabled: 0 } }));
		frm.set_query("box", () => ({ filters: { project: frm.doc.project } }));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		if (frm.doc.status === "In the Archive") {
			frm.add_custom_button(__("Ask for a Loan"), () => {
				const loan = frappe.model.get_new_doc("Archive Loan");
				Object.assign(loan, { project: frm.doc.project, borrower: frappe.session.user });
				const row = frappe.model.add_child(loan, "items");
				Object.assign(row, { archive_file: frm.doc.name, file_title: frm.doc.file_title });
				frappe.set_route("Form", "Archive Loan", loan.name);
			});
		}
		if (frm.doc.reference_name) {
			frm.add_custom_button(__("Open the Document"), () =>
				frappe.set_route("Form", frm.doc.reference_doctype, frm.doc.reference_name)
			);
		}
	},
});
