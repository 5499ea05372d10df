frappe.ui.form.on("Fee Waiver", {
	setup(frm) {
		frm.set_query("resident", () => ({ filters: { project: frm.doc.project } }));
	},

	refresh(frm) {
		const state = frm.doc.workflow_state || "Draft";
		if (state === "Draft") {
			frm.add_custom_button(__("Load Open Bills"), () => kefu_load_open_lines(frm));
		}
		const may_cancel = ["Office Director", "Kefu Administrator"].some((role) => frappe.user.has_role(role));
		if (!frm.is_new() && state === "Approved" && may_cancel) {
			frm.add_custom_button(__("Cancel Waiver"), () => kefu_cancel_waiver(frm));
		}
	},
});

async function kefu_load_open_lines(frm) {
	if (!frm.doc.project || !frm.doc.resident) {
		frappe.msgprint(__("Choose the project and the payer first."));
		return;
	}
	const rows = await frappe.xcall("kefu_property.billing.waivers.open_lines", {
		project: frm.doc.project,
		resident: frm.doc.resident,
		percent: frm.doc.percent || 100,
	});
	frm.clear_table("lines");
	rows.forEach((row) => frm.add_child("lines", row));
	frm.refresh_field("lines");
	if (!rows.length) frappe.show_alert({ message: __("This payer has no open bills."), indicator: "green" });
}

function kefu_cancel_waiver(frm) {
	frappe.prompt(
		[{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 }],
		async (values) => {
			await frappe.xcall("kefu_property.billing.waivers.cancel", { waiver: frm.doc.name, reason: values.reason });
			frm.reload_doc();
		},
		__("The waived amounts become open again"),
		__("Cancel Waiver")
	);
}
