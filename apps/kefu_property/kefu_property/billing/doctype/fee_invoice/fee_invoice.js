frappe.ui.form.on("Fee Invoice", {
	refresh(frm) {
		frm.disable_save();
		if (frm.is_new()) return;
		frm.page.clear_secondary_action();
		frm.add_custom_button(__("Explain"), () => kefu_explain(frm));
		if (frm.doc.docstatus !== 1) return;
		const user = frappe.user;
		if (frm.doc.outstanding > 0 && (user.has_role("Cashier") || user.has_role("Accountant"))) {
			frm.add_custom_button(__("Collect Payment"), () =>
				frappe.set_route("collect-payment", { resident: frm.doc.resident })
			);
		}
		if (user.has_role("Accountant")) {
			frm.add_custom_button(__("Cancel Bill"), () => kefu_cancel_bill(frm));
		}
	},
});

async function kefu_explain(frm) {
	const facts = await frappe.xcall("kefu_property.billing.actions.explain_bill", { invoice: frm.doc.name });
	const escape = frappe.utils.escape_html;
	const parts = facts.lines.map(
		(line) =>
			`<h5>${escape(line.fee_item)} · ${escape(line.period)} · ${escape(line.amount)}</h5><ol>` +
			line.steps.map((step) => `<li>${escape(step)}</li>`).join("") +
			"</ol>"
	);
	frappe.msgprint({
		title: __("How this bill is calculated"),
		message: parts.join("") + `<p><strong>${escape(facts.total)}</strong></p>`,
		wide: true,
	});
}

function kefu_cancel_bill(frm) {
	const fields = [
		{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 },
		{
			fieldname: "replace",
			fieldtype: "Check",
			label: __("Bill again by today's registry and tariffs"),
			default: frm.doc.lines.some((line) => line.tariff) ? 1 : 0,
		},
	];
	frappe.prompt(
		fields,
		async (values) => {
			const result = await frappe.xcall("kefu_property.billing.actions.cancel_bill", {
				invoice: frm.doc.name,
				reason: values.reason,
				replace: values.replace ? 1 : 0,
			});
			frappe.show_alert({ message: __("The bill is cancelled."), indicator: "green" });
			if (result.replacements.length) frappe.set_route("Form", "Fee Invoice", result.replacements[0]);
			else frm.reload_doc();
		},
		__("Cancel Bill"),
		__("Cancel Bill")
	);
}
