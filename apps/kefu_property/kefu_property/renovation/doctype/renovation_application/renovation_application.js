const CHARGES = "kefu_property.renovation.charges.";

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
		frappe.xcall(`${CHARGES}state`, { application: frm.doc.name }).then((open) => offer(frm, open));
	},
});

function offer(frm, open) {
	const items = Object.keys(open);
	if (!items.length) {
		if (frappe.user.has_role("CS Agent")) {
			frm.add_custom_button(__("Issue Permit"), async () => {
				const answer = await frm.call("issue_permit");
				frappe.set_route("Form", "Renovation Permit", answer.message);
			}).addClass("btn-primary");
		}
		return;
	}
	const texts = items.map((item) => `${__(item)} ${open[item]}`);
	frm.dashboard.set_headline(__("Waits for the cashier: {0}", [texts.join(__(", "))]), "orange");
	if (open["Renovation Deposit"] && frappe.user.has_role(["Cashier", "Accountant"])) {
		frm.add_custom_button(__("Receive Deposit"), () => receive(frm, open["Renovation Deposit"])).addClass(
			"btn-primary"
		);
	}
}

function receive(frm, amount) {
	frappe.prompt(
		[
			{
				fieldname: "method",
				fieldtype: "Select",
				label: __("Payment Method"),
				reqd: 1,
				default: "Cash",
				description: __("Deposit {0} yuan", [amount]),
				options: ["Cash", "Bank Transfer", "POS Card", "QR Code", "Cheque"].map((value) => ({
					value,
					label: __(value),
				})),
			},
			{ fieldname: "reference_no", fieldtype: "Data", label: __("Reference No") },
		],
		async (values) => {
			await frappe.xcall(`${CHARGES}receive_deposit`, { application: frm.doc.name, ...values });
			frm.reload_doc();
		},
		__("Receive Deposit"),
		__("Save")
	);
}
