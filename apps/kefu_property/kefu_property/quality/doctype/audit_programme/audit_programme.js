frappe.ui.form.on("Audit Programme", {
	setup(frm) {
		frm.set_query("area", "lines", () => ({ filters: { project: frm.doc.project, disabled: 0 } }));
	},

	onload(frm) {
		if (frm.is_new() && !frm.doc.year) frm.set_value("year", new Date().getFullYear());
	},

	refresh(frm) {
		if (frm.doc.docstatus !== 1 || !frappe.model.can_create("Internal Audit")) return;
		if (!frm.doc.lines.some((row) => !row.audit)) return;
		frm.add_custom_button(__("Plan the Audits"), async () => {
			const names = await frappe.xcall("kefu_property.quality.audits.create_audits", { programme: frm.doc.name });
			frappe.show_alert({ message: __("{0} audits planned", [names.length]), indicator: "green" });
			frm.reload_doc();
		}).addClass("btn-primary");
	},
});
