frappe.ui.form.on("Fixed Asset Depreciation", {
	refresh(frm) {
		if (!frm.is_new()) return;
		frm.set_intro(__("Save: the depreciation of all assets up to the month is computed then."));
		if (!frm.doc.month) {
			frm.set_value("month", frappe.datetime.add_months(frappe.datetime.get_today(), -1).slice(0, 7));
		}
	},
});
