frappe.ui.form.on("Staff Attendance Sheet", {
	setup(frm) {
		frm.set_query("department", () => ({ filters: { project: frm.doc.project } }));
	},

	onload(frm) {
		if (frm.is_new() && !frm.doc.month) {
			frm.set_value("month", moment(frappe.datetime.get_today()).subtract(1, "month").format("YYYY-MM"));
		}
	},

	refresh(frm) {
		if (frm.is_new()) return;
		if (frm.doc.docstatus === 0 && frm.perm[0].write) {
			frm.add_custom_button(__("Compute Again"), async () => {
				await frm.call("compute");
				frm.reload_doc();
			});
		}
		frm.add_custom_button(__("Excel"), () =>
			window.open(
				frappe.urllib.get_full_url(
					"/api/method/kefu_property.workforce.doctype.staff_attendance_sheet.staff_attendance_sheet.excel?name=" +
						encodeURIComponent(frm.doc.name)
				)
			)
		);
	},
});
