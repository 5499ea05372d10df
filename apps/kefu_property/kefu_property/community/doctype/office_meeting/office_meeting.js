frappe.ui.form.on("Office Meeting", {
	setup(frm) {
		frm.set_query("room", () => ({ filters: { project: frm.doc.project, disabled: 0 } }));
	},

	onload(frm) {
		if (frm.is_new() && !frm.doc.chair) frm.set_value("chair", frappe.session.user);
	},

	refresh(frm) {
		frm.toggle_display("sec_charges", frm.doc.kind === "Paid Meeting Service");
		if (frm.doc.docstatus !== 1) return;
		frm.add_custom_button(__("Calendar File"), () =>
			window.open(
				`/api/method/kefu_property.community.meetings.calendar_file?meeting=${encodeURIComponent(frm.doc.name)}`
			)
		);
		frm.add_custom_button(__("Sign In at the Meeting"), () => frappe.set_route("meeting-sign-in", frm.doc.code));
		if (frm.doc.status === "Took Place" && frappe.model.can_create("Meeting Minutes")) {
			frm.add_custom_button(__("Write Minutes"), async () => {
				const found = await frappe.db.get_value("Meeting Minutes", { meeting: frm.doc.name }, "name");
				if (found.message?.name) return frappe.set_route("Form", "Meeting Minutes", found.message.name);
				return frappe.new_doc("Meeting Minutes", { project: frm.doc.project, meeting: frm.doc.name });
			}).addClass("btn-primary");
		}
	},

	kind(frm) {
		frm.toggle_display("sec_charges", frm.doc.kind === "Paid Meeting Service");
	},
});
