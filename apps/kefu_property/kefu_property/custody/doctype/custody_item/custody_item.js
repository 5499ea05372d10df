frappe.ui.form.on("Custody Item", {
	setup(frm) {
		for (const field of ["shelf", "unit", "resident"]) {
			frm.set_query(field, () => ({ filters: { project: frm.doc.project } }));
		}
	},

	refresh(frm) {
		if (frm.is_new()) return;
		frm.add_custom_button(__("Label"), () =>
			window.open(
				`/api/method/kefu_property.custody.intake.labels?items=${encodeURIComponent(JSON.stringify([frm.doc.name]))}`
			)
		);
		if (frm.doc.status === "Waiting") {
			frm.add_custom_button(__("Hand Out"), () => hand_out(frm)).addClass("btn-primary");
			if (frm.doc.resident) frm.add_custom_button(__("Send New Code"), () => send_code(frm));
			frm.add_custom_button(__("Return to Carrier"), () => give_back(frm));
		}
		if (frm.doc.status !== "In Dispute") {
			frm.add_custom_button(__("Report Damage or Dispute"), () =>
				frappe.new_doc("Custody Claim", { project: frm.doc.project, custody_item: frm.doc.name })
			);
		}
	},
});

async function send_code(frm) {
	const { message } = await frm.call("send_code");
	frappe.show_alert(
		message.sent
			? { message: __("A new code was sent."), indicator: "green" }
			: { message: __("No phone is on record. Look at the resident's paper instead."), indicator: "orange" }
	);
	frm.reload_doc();
}

function give_back(frm) {
	frappe.prompt(
		{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 },
		async (values) => {
			await frm.call("return_to_carrier", values);
			frm.reload_doc();
		},
		__("Return to Carrier")
	);
}

async function hand_out(frm) {
	const charge = (await frm.call("get_charge")).message;
	const dialog = new frappe.ui.Dialog({
		title: __("Hand Out"),
		fields: [
			{
				fieldname: "method",
				fieldtype: "Select",
				label: __("Proof"),
				options: [
					{ value: "Code", label: __("Code") },
					{ value: "Resident's Paper", label: __("Resident's Paper") },
					{ value: "Authorised Person", label: __("Authorised Person") },
				],
				default: "Code",
				reqd: 1,
			},
			{ fieldname: "code", fieldtype: "Data", label: __("Code"), depends_on: "eval:doc.method=='Code'" },
			{
				fieldname: "authorisation",
				fieldtype: "Link",
				options: "Custody Authorisation",
				label: __("Authorisation"),
				depends_on: "eval:doc.method=='Authorised Person'",
				get_query: () => ({ filters: { resident: frm.doc.resident, status: "Active" } }),
			},
			{
				fieldname: "id_kind",
				fieldtype: "Select",
				label: __("Paper Shown"),
				options: ["", "Resident ID Card", "Passport", "Driving Licence", "Other"].map((value) => ({
					value,
					label: __(value),
				})),
				depends_on: "eval:doc.method!='Code'",
			},
			{
				fieldname: "id_last4",
				fieldtype: "Data",
				label: __("Last Four Characters"),
				depends_on: "eval:doc.method!='Code'",
			},
			{
				fieldname: "charge_receipt",
				fieldtype: "Data",
				label: __("Keeping charge {0} yuan: receipt or reason of waiver", [charge]),
				hidden: Number(charge) === 0,
			},
			{ fieldname: "signature", fieldtype: "Signature", label: __("Signature of Picker") },
		],
		primary_action_label: __("Hand Out"),
		async primary_action(values) {
			const { message } = await frm.call("pick_up", values);
			if (!message.picked_up) {
				frappe.msgprint({
					title: __("Wrong code"),
					message: __("The code does not fit. {0} tries are left.", [message.tries_left]),
					indicator: "red",
				});
				dialog.set_value("code", "");
				return;
			}
			dialog.hide();
			frappe.show_alert({ message: __("Handed out."), indicator: "green" });
			frm.reload_doc();
		},
	});
	dialog.show();
}
