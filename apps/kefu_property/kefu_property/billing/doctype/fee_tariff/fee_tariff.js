frappe.ui.form.on("Fee Tariff", {
	setup(frm) {
		frm.set_query("fee_item", () => ({ filters: { disabled: 0 } }));
		// the kind brings its words in English
		frm.get_docfield("price_unit").formatter = (value) => __(value || "");
	},

	refresh(frm) {
		if (frm.is_new()) return;
		if (frm.doc.kind === "Shared Pool" && frappe.user.has_role("Accountant")) {
			frm.add_custom_button(__("Shared Cost"), () =>
				frappe.new_doc("Shared Cost", { tariff: frm.doc.name, project: frm.doc.project })
			);
		}
		const pending = (frm.doc.prices || []).filter((row) => row.status === "Pending");
		if (frm.doc.workflow_state === "In Force" && pending.length) {
			if (pending.some((row) => !row.announced_on) && frappe.user.has_role("Accountant")) {
				frm.add_custom_button(__("Announce Price Change"), () => kefu_tariff_step(frm, "announce_prices"));
			}
			if (pending.some((row) => row.announced_on) && frappe.user.has_role("Office Director")) {
				frm.add_custom_button(__("Approve Price Change"), () => kefu_tariff_step(frm, "approve_prices"));
			}
		}
		if (frappe.user.has_role("Accountant")) {
			frm.add_custom_button(__("Assign to Units"), () =>
				frappe.new_doc("Fee Tariff Assignment", { tariff: frm.doc.name })
			);
		}
	},
});

async function kefu_tariff_step(frm, method) {
	if (frm.is_dirty()) await frm.save();
	await frappe.xcall(`kefu_property.billing.actions.${method}`, { tariff: frm.doc.name });
	frm.reload_doc();
}
