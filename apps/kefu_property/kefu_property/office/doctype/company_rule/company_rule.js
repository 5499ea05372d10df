frappe.ui.form.on("Company Rule", {
	refresh(frm) {
		if (frm.is_new()) return;
		if (frm.doc.current_version) {
			frm.add_custom_button(__("Read the Rule"), () =>
				frappe.set_route("Form", "Rule Version", frm.doc.current_version)
			).addClass("btn-primary");
		}
		if (frappe.model.can_create("Rule Version")) {
			frm.add_custom_button(__("New Version"), () => frappe.new_doc("Rule Version", { rule: frm.doc.name }));
		}
	},
});
