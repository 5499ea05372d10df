frappe.ui.form.on("Bank Statement Upload", {
	refresh(frm) {
		if (frm.is_new()) {
			frm.set_intro(__("Save, then read the statement."), "blue");
			return;
		}
		if (frm.doc.status === "Draft") {
			frm.add_custom_button(__("Read Statement"), async () => {
				await frappe.xcall("kefu_property.billing.actions.read_statement", { upload: frm.doc.name });
				await frm.reload_doc();
				frappe.show_alert({ message: __("{0} new lines.", [frm.doc.lines_read]), indicator: "green" });
			}).addClass("btn-primary");
		} else {
			frm.add_custom_button(__("Proposals"), () =>
				frappe.set_route("List", "Bank Transfer Line", { upload: frm.doc.name, status: "Proposed" })
			);
			frm.add_custom_button(__("Unmatched"), () =>
				frappe.set_route("List", "Bank Transfer Line", { upload: frm.doc.name, status: "Unmatched" })
			);
		}
	},
});
