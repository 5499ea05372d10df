frappe.ui.form.on("Archive Disposal", {
	setup(frm) {
		frm.set_query("archive_file", "items", () => ({
			filters: [
				["Archive File", "project", "=", frm.doc.project],
				["Archive File", "status", "=", "In the Archive"],
				["Archive File", "retention_until", "is", "set"],
				["Archive File", "retention_until", "<", frappe.datetime.get_today()],
			],
		}));
	},

	refresh(frm) {
		if (frm.doc.docstatus === 0) {
			frm.add_custom_button(__("Fetch Files Whose Retention Ended"), () => fetch_due(frm));
		}
	},
});

async function fetch_due(frm) {
	if (!frm.doc.project) {
		frappe.msgprint(__("Choose the project first."));
		return;
	}
	const { message: files } = await frm.call("files_due");
	const have = new Set((frm.doc.items || []).map((row) => row.archive_file));
	const blank = (frm.doc.items || []).filter((row) => !row.archive_file);
	blank.forEach((row) => frappe.model.clear_doc(row.doctype, row.name));
	for (const file of files || []) {
		if (!have.has(file.archive_file)) frm.add_child("items", { ...file, decision: "Destroy" });
	}
	frm.refresh_field("items");
	frappe.show_alert(__("{0} files are due.", [(files || []).length]));
}
