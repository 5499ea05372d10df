frappe.ui.form.on("Bank Transfer Line", {
	setup(frm) {
		frm.set_query("resident", () => ({ filters: { project: frm.doc.project } }));
	},
	refresh(frm) {
		const may = frappe.user.has_role("Cashier") || frappe.user.has_role("Accountant");
		if (!may || frm.doc.status === "Posted") return;
		if (frm.doc.resident && frm.doc.status === "Proposed") {
			frm.add_custom_button(__("Post as Payment"), async () => {
				const answer = await frappe.xcall("kefu_property.billing.actions.post_transfers", {
					lines: [frm.doc.name],
				});
				if (answer.refused.length) frappe.msgprint(frappe.utils.escape_html(answer.refused[0].reason));
				else frappe.show_alert({ message: __("Receipt {0}", [answer.posted[0]]), indicator: "green" });
				await frm.reload_doc();
			}).addClass("btn-primary");
		}
		if (frm.doc.status !== "Set Aside") {
			frm.add_custom_button(__("Set Aside"), () =>
				frappe.prompt(
					[{ fieldname: "reason", fieldtype: "Data", label: __("Reason"), reqd: 1 }],
					async (values) => {
						await frappe.xcall("kefu_property.billing.actions.set_transfer_aside", {
							line: frm.doc.name,
							reason: values.reason,
						});
						await frm.reload_doc();
					},
					__("Set Aside"),
					__("Set Aside")
				)
			);
		}
	},
});
