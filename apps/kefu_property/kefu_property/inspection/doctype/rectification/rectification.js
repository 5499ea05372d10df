frappe.ui.form.on("Rectification", {
	setup(frm) {
		frm.set_query("facility", () => ({ filters: { project: frm.doc.project } }));
	},

	onload(frm) {
		if (frm.is_new() && !frm.doc.due_date) {
			frm.set_value("due_date", frappe.datetime.add_days(frappe.datetime.get_today(), 7));
		}
	},

	refresh(frm) {
		frm.set_df_property("item_text", "formatter", translated); // seeded sheets are written in English
		frm.set_df_property("due_date", "read_only", frm.is_new() ? 0 : 1);
		if (frm.is_new() || frm.doc.status === "Closed") return;
		if (frm.doc.status === "To Be Rectified") {
			if (frm.doc.due_date < frappe.datetime.get_today()) {
				frm.dashboard.set_headline(__("This rectification is overdue."), "red");
			}
			frm.add_custom_button(__("Ask for More Time"), () =>
				frappe.new_doc("Rectification Extension", {
					project: frm.doc.project,
					rectification: frm.doc.name,
				})
			);
		}
		if (frm.doc.repeated) {
			frm.dashboard.add_comment(
				__("The same defect was found {0} times shortly before.", [frm.doc.repeated]),
				"yellow",
				true
			);
		}
	},
});

function translated(value) {
	return frappe.utils.escape_html(__(value || ""));
}
