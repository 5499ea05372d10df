frappe.ui.form.on("Fixed Asset Transfer", {
	setup(frm) {
		frm.set_query("to_department", () => ({ filters: { project: frm.doc.project, disabled: 0 } }));
		frm.set_query("to_custodian", () => ({ filters: { user_type: "System User", enabled: 1 } }));
		frm.set_query("asset", "items", () => ({
			filters: { project: frm.doc.project, status: ["in", ["In Use", "Idle"]] },
		}));
	},

	refresh(frm) {
		const mine = frm.doc.to_custodian === frappe.session.user;
		if (frm.doc.docstatus === 1 && frm.doc.status === "Waiting for Acceptance" && mine) {
			frm.add_custom_button(__("Accept or Refuse"), () => frappe.set_route("my-assets")).addClass("btn-primary");
		}
	},
});
