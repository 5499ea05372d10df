frappe.ui.form.on("Rule Acknowledgement", {
	refresh(frm) {
		frm.disable_save();
		frm.add_custom_button(__("Read the Rule"), () =>
			frappe.set_route("Form", "Rule Version", frm.doc.rule_version)
		).addClass("btn-primary");
	},
});
