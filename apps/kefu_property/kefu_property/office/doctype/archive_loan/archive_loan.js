frappe.ui.form.on("Archive Loan", {
	setup(frm) {
		frm.set_query("archive_file", "items", () => ({
			filters: { project: frm.doc.project, status: "In the Archive" },
		}));
		frm.set_query("borrower", () => ({ filters: { user_type: "System User", enabled: 1 } }));
	},

	async onload(frm) {
		if (!frm.is_new()) return;
		if (!frm.doc.borrower) frm.set_value("borrower", frappe.session.user);
		if (!frm.doc.due_on) frm.set_value("due_on", frappe.datetime.add_days(frappe.datetime.get_today(), 14));
	},

	refresh(frm) {
		const out = frm.doc.docstatus === 1 && frm.doc.status !== "Returned";
		if (!out) return;
		if (frm.doc.due_on < frappe.datetime.get_today()) {
			frm.dashboard.set_headline(__("These files are overdue."), "red");
		}
		if (frappe.user.has_role(["Office Clerk", "Office Director"])) {
			frm.add_custom_button(__("Take Back"), () => take_back(frm)).addClass("btn-primary");
		}
	},
});

function take_back(frm) {
	const rows = frm.doc.items.filter((row) => !row.returned_on);
	frappe.prompt(
		rows.map((row) => ({ fieldname: row.name, fieldtype: "Check", label: row.file_title, default: 1 })),
		async (values) => {
			const names = rows.filter((row) => values[row.name]).map((row) => row.archive_file);
			if (!names.length) return;
			await frm.call("take_back", { names });
			frm.reload_doc();
		},
		__("Which files are back?"),
		__("Take Back")
	);
}
