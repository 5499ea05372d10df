frappe.ui.form.on("Renovation Violation", {
	setup(frm) {
		frm.set_query("permit", () => ({ filters: { project: frm.doc.project } }));
		frm.set_query("patrol", () => ({ filters: { permit: frm.doc.permit } }));
	},

	onload(frm) {
		if (!frm.is_new()) return;
		frm.set_value("found_on", frm.doc.found_on || frappe.datetime.now_datetime());
		frm.set_value("rectify_by", frm.doc.rectify_by || frappe.datetime.add_days(frappe.datetime.get_today(), 1));
	},

	refresh(frm) {
		if (frm.is_new() || frm.doc.status === "Closed") return;
		if (!frm.doc.reported_on && frm.doc.report_due < frappe.datetime.now_datetime()) {
			frm.dashboard.set_headline(__("The time to put it right is over. Report it to the authority."), "red");
		}
		if (!frm.doc.order_served_on) {
			frm.add_custom_button(__("Order Served"), () =>
				ask(frm, "serve_order", __("Order Served"), [
					{ fieldname: "served_to", fieldtype: "Data", label: __("Served to"), reqd: 1 },
				])
			);
		}
		if (!frm.doc.reported_on) {
			frm.add_custom_button(__("Reported to the Authority"), () =>
				ask(frm, "report_to_authority", __("Reported to the Authority"), [
					{ fieldname: "authority", fieldtype: "Data", label: __("Authority"), reqd: 1 },
					{ fieldname: "reference", fieldtype: "Data", label: __("Reference of the Report") },
				])
			);
		}
		frm.add_custom_button(__("Deduction"), () =>
			frappe.new_doc("Renovation Deduction", {
				project: frm.doc.project,
				permit: frm.doc.permit,
				violation: frm.doc.name,
			})
		);
	},
});

function ask(frm, method, title, fields) {
	frappe.prompt(
		fields,
		async (values) => {
			await frm.call(method, values);
			frm.reload_doc();
		},
		title,
		__("Save")
	);
}
