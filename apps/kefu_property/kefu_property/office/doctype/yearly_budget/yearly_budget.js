frappe.ui.form.on("Yearly Budget", {
	onload(frm) {
		if (frm.is_new() && !frm.doc.year) frm.set_value("year", new Date().getFullYear() + 1);
	},

	refresh(frm) {
		if (frm.doc.docstatus !== 1) return;
		frm.add_custom_button(__("Budget and Spending"), () =>
			frappe.set_route("query-report", "Budget and Spending", { project: frm.doc.project, year: frm.doc.year })
		);
		frm.add_custom_button(__("Move Budget"), () =>
			frappe.new_doc("Budget Transfer", { project: frm.doc.project, year: frm.doc.year })
		);
	},
});
