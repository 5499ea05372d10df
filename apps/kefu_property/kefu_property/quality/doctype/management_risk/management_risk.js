frappe.ui.form.on("Management Risk", {
	setup(frm) {
		frm.set_query("area", () => ({ filters: { project: frm.doc.project, disabled: 0 } }));
		frm.set_query("clause", () => ({
			filters: { standard: frm.doc.standard, disabled: 0, clause_number: ["is", "set"] },
		}));
	},

	onload(frm) {
		if (frm.is_new() && !frm.doc.review_on) {
			frm.set_value("review_on", frappe.datetime.add_months(frappe.datetime.get_today(), 6));
		}
	},

	refresh(frm) {
		if (frm.is_new() || frm.doc.status === "Closed" || !frm.perm[0].write) return;
		if (frm.doc.review_on <= frappe.datetime.get_today()) {
			frm.dashboard.set_headline(__("The review is due."), "orange");
		}
		frm.add_custom_button(__("Reviewed"), () => review(frm));
	},
});

const review = (frm) =>
	frappe.prompt(
		[
			{ fieldname: "note", fieldtype: "Small Text", label: __("What Was Looked At"), reqd: 1 },
			{
				fieldname: "review_on",
				fieldtype: "Date",
				label: __("Next Review"),
				reqd: 1,
				default: frappe.datetime.add_months(frappe.datetime.get_today(), 6),
			},
			{ fieldname: "close", fieldtype: "Check", label: __("Nothing is left of it: close") },
		],
		async (values) => {
			await frm.call("review", values);
			frm.reload_doc();
		},
		__("Reviewed"),
		__("Save")
	);
