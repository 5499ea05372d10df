frappe.ui.form.on("Renovation Patrol", {
	refresh(frm) {
		if (frm.is_new() || frm.doc.result !== "Problems") return;
		frm.add_custom_button(__("Violation"), () =>
			frappe.new_doc("Renovation Violation", {
				project: frm.doc.project,
				permit: frm.doc.permit,
				patrol: frm.doc.name,
			})
		).addClass("btn-primary");
	},
});
