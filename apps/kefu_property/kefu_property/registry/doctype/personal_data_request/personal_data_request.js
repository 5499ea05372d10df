const KEFU_RIGHTS = "kefu_property.registry.data_rights.";

frappe.ui.form.on("Personal Data Request", {
	refresh(frm) {
		const supervisor = ["CS Supervisor", "Office Director", "Kefu Administrator"].some(frappe.user.has_role);
		if (frm.is_new() || !supervisor || frm.doc.status !== "Received") return;
		if (frm.doc.request_type === "Copy") {
			frm.add_custom_button(__("Prepare Copy"), async () => {
				await frappe.xcall(`${KEFU_RIGHTS}prepare_copy`, { request: frm.doc.name });
				await frm.reload_doc();
				frappe.show_alert({
					message: __("The copy is attached. Hand it out, then set the request to Done."),
					indicator: "green",
				});
			}).addClass("btn-primary");
		}
		if (frm.doc.request_type === "Delete") {
			frm.add_custom_button(__("Erase Personal Data"), () =>
				frappe.confirm(
					__(
						"Erase phone, ID, contacts, vehicles and the portal account of {0}? This cannot be undone. Bills and receipts stay.",
						[frappe.utils.escape_html(frm.doc.resident_name || "")]
					),
					async () => {
						await frappe.xcall(`${KEFU_RIGHTS}erase_for_request`, { request: frm.doc.name });
						frm.reload_doc();
					}
				)
			).addClass("btn-danger");
		}
	},
});
