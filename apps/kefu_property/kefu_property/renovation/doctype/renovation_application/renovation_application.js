frappe.ui.form.on("Renovation Application", {
	setup(frm) {
		frm.set_query("unit", () => ({ filters: { project: frm.doc.project, disabled: 0 } }));
		frm.set_query("resident", () => ({ filters: { project: frm.doc.project } }));
		frm.set_query("item", "items", () => ({ filters: { disabled: 0 } }));
	},

	refresh(frm) {
		if (frm.doc.workflow_state !== "Approved") return;
		if (frm.doc.permit) {
			frm.add_custom_button(__("Open Permit"), () =>
				frappe.set_route("Form", "Renovation Permit", frm.doc.permit)
			).addClass("btn-primary");
			return;
		}
		const open = [];
		if (Number(frm.doc.deposit) && !frm.doc.deposit_paid) open.push("Deposit");
		if (Number(frm.doc.refuse_fee) && !frm.doc.refuse_paid) open.push("Refuse Removal Fee");
		if (open.length) {
			frm.dashboard.set_headline(
				__("Waits for the cashier: {0}", [open.map((charge) => __(charge)).join(__(", "))]),
				"orange"
			);
			if (frappe.user.has_role("Cashier")) {
				frm.add_custom_button(__("Receive Charge"), () => receive(frm, open)).addClass("btn-primary");
			}
		} else if (frappe.user.has_role("CS Agent")) {
			frm.add_custom_button(__("Issue Permit"), async () => {
				const answer = await frm.call("issue_permit");
				frappe.set_route("Form", "Renovation Permit", answer.message);
			}).addClass("btn-primary");
		}
	},
});

function receive(frm, open) {
	frappe.prompt(
		[
			{
				fieldname: "charge",
				fieldtype: "Select",
				label: __("Charge"),
				reqd: 1,
				default: open[0],
				options: open.map((value) => ({ value, label: __(value) })),
			},
			{ fieldname: "paper", fieldtype: "Data", label: __("Number of the Receipt"), reqd: 1 },
		],
		async (values) => {
			await frappe.xcall("kefu_property.renovation.charges.receive", { application: frm.doc.name, ...values });
			frm.reload_doc();
		},
		__("Receive Charge"),
		__("Save")
	);
}
