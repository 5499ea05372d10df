frappe.ui.form.on("Dormitory Meter Sheet", {
	setup(frm) {
		frm.set_query("building", () => ({ filters: { project: frm.doc.project } }));
		frm.set_query("room", "lines", () => ({ filters: { building: frm.doc.building } }));
	},

	onload(frm) {
		if (!frm.is_new() || frm.doc.period_start) return;
		// the month that has just ended
		const last = frappe.datetime.add_days(frappe.datetime.month_start(), -1);
		frm.set_value("period_start", `${last.slice(0, 8)}01`);
		frm.set_value("period_end", last);
		frm.set_value("read_on", last);
	},

	refresh(frm) {
		if (frm.is_new()) {
			frm.set_intro(__("Save the sheet: all rooms of the building appear with their last readings."), "blue");
		}
	},
});
