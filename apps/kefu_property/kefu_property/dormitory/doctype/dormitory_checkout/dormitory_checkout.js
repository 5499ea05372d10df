frappe.ui.form.on("Dormitory Checkout", {
	setup(frm) {
		frm.set_query("stay", () => ({ filters: { project: frm.doc.project, status: "Staying" } }));
	},

	refresh(frm) {
		frm.set_df_property("items", "cannot_add_rows", true);
		const open = Number(frm.doc.open_deductions);
		if (frm.is_new() || frm.doc.docstatus || !open) return;
		frm.dashboard.set_headline(
			__("Deductions of {0} yuan are open. Settle them before the check-out.", [open.toFixed(2)]),
			"red"
		);
		frm.add_custom_button(__("Settle Open Deductions"), () => settle(frm)).addClass("btn-primary");
	},
});

function settle(frm) {
	frappe.prompt(
		[
			{
				fieldname: "method",
				fieldtype: "Select",
				label: __("Settled By"),
				reqd: 1,
				default: "Cash",
				options: ["Cash", "Bank Transfer", "Deposit"].map((value) => ({ value, label: __(value) })),
				description: __("Deposit held: {0} yuan", [Number(frm.doc.deposit_held).toFixed(2)]),
			},
		],
		async ({ method }) => {
			const total = await frappe.xcall("kefu_property.dormitory.deductions.settle", {
				staff: frm.doc.staff,
				method,
			});
			frappe.show_alert({ message: __("{0} yuan settled.", [total]), indicator: "green" });
			frm.dirty();
			await frm.save();
		},
		__("Settle Open Deductions"),
		__("Settle")
	);
}
