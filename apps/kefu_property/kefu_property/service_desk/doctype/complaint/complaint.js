/* global kefu, comment_when */
kefu.cases.form("Complaint");

frappe.ui.form.on("Complaint", {
	refresh(frm) {
		if (frm.doc.is_major) {
			frm.dashboard.add_indicator(
				__("Major complaint, report due {0}", [comment_when(frm.doc.major_report_due)]),
				"red"
			);
		} else if (!frm.is_new() && !["Closed", "Cancelled", "Merged"].includes(frm.doc.status)) {
			frm.add_custom_button(
				__("Mark as Major"),
				() =>
					frappe.prompt(
						[{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 }],
						async (values) => {
							await frappe.xcall("kefu_property.service_desk.doctype.complaint.complaint.mark_as_major", {
								name: frm.docname,
								reason: values.reason,
							});
							frm.reload_doc();
						},
						__("Report to the Director and HQ at once")
					),
				__("More")
			);
		}
	},
});
