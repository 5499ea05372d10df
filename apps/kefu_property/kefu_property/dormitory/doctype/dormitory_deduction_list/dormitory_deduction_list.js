frappe.ui.form.on("Dormitory Deduction List", {
	onload(frm) {
		if (!frm.is_new() || frm.doc.month) return;
		const last = frappe.datetime.add_days(frappe.datetime.month_start(), -1);
		frm.set_value("month", frappe.datetime.month_start());
		frm.set_value("until_date", last);
	},

	refresh(frm) {
		if (frm.is_new()) {
			frm.set_intro(__("Save the list: everybody with open deductions until the last day appears."), "blue");
			return;
		}
		frm.add_custom_button(__("Excel"), () =>
			window.open(
				`/api/method/kefu_property.dormitory.doctype.dormitory_deduction_list.dormitory_deduction_list.excel?name=${encodeURIComponent(frm.doc.name)}`
			)
		);
	},
});
