frappe.ui.form.on("Environmental Aspect", {
	setup(frm) {
		["area", "document", "objective"].forEach((field) =>
			frm.set_query(field, () => ({ filters: { project: frm.doc.project } }))
		);
	},

	onload(frm) {
		if (frm.is_new() && !frm.doc.review_on) {
			frm.set_value("review_on", frappe.datetime.add_months(frappe.datetime.get_today(), 12));
		}
	},

	refresh(frm) {
		if (frm.is_new() || frm.doc.ended || !frm.perm[0].write) return;
		frm.add_custom_button(__("Reviewed"), () =>
			frappe.prompt(
				[
					{ fieldname: "note", fieldtype: "Small Text", label: __("What Was Looked At"), reqd: 1 },
					{
						fieldname: "review_on",
						fieldtype: "Date",
						label: __("Next Review"),
						reqd: 1,
						default: frappe.datetime.add_months(frappe.datetime.get_today(), 12),
					},
					{ fieldname: "close", fieldtype: "Check", label: __("No Longer Present") },
				],
				async (values) => {
					await frm.call("review", values);
					frm.reload_doc();
				},
				__("Reviewed"),
				__("Save")
			)
		);
	},
});
