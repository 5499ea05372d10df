frappe.ui.form.on("Renovation Permit", {
	refresh(frm) {
		frm.set_df_property("workers", "allow_bulk_edit", 0);
		const running = ["In Progress", "Stopped"].includes(frm.doc.status);
		const supervisor = frappe.user.has_role("CS Supervisor") || frappe.user.has_role("Office Director");
		if (running && frm.doc.end_date < frappe.datetime.get_today()) {
			frm.dashboard.set_headline(__("This permit is expired. Check the completion, or extend it."), "red");
		} else if (frm.doc.status === "Stopped") {
			frm.dashboard.set_headline(__("The works are stopped: {0}", [frm.doc.stop_reason]), "red");
		}
		if (running) {
			frm.add_custom_button(__("Patrol"), () => frappe.set_route("patrol-round", frm.doc.code));
			frm.add_custom_button(__("Violation"), () =>
				frappe.new_doc("Renovation Violation", { project: frm.doc.project, permit: frm.doc.name })
			);
			frm.add_custom_button(__("Completion Check"), () => accept(frm, "Completion Check"));
			if (frappe.model.can_write(frm.doctype)) {
				frm.add_custom_button(__("Tell Neighbours"), () => tell(frm));
			}
			if (supervisor) {
				frm.add_custom_button(__("Extend"), () => extend(frm), __("More"));
				frm.add_custom_button(__("Take Back"), () => take_back(frm), __("More"));
			}
		}
		if (frm.doc.status === "To Be Re-checked" && frm.doc.recheck_due <= frappe.datetime.get_today()) {
			frm.add_custom_button(__("Re-check"), () => accept(frm, "Re-check")).addClass("btn-primary");
		}
		if (frm.doc.status !== "Closed" && frm.doc.status !== "Cancelled" && Number(frm.doc.refund)) {
			frm.add_custom_button(
				__("Deduction"),
				() => frappe.new_doc("Renovation Deduction", { project: frm.doc.project, permit: frm.doc.name }),
				__("More")
			);
		}
		if (frm.doc.status === "Refund Due" && !frm.doc.fee_refund && frappe.user.has_role(["Cashier", "Accountant"])) {
			frm.add_custom_button(__("Refund Deposit"), () => refund(frm)).addClass("btn-primary");
		}
	},
});

function accept(frm, kind) {
	frappe.new_doc("Renovation Acceptance", { project: frm.doc.project, permit: frm.doc.name, kind });
}

async function tell(frm) {
	const answer = await frm.call("tell_neighbours");
	frappe.show_alert({ message: __("{0} neighbours told.", [answer.message]), indicator: "green" });
	frm.reload_doc();
}

function ask(frm, method, title, fields) {
	frappe.prompt(
		fields,
		async (values) => {
			await frm.call(method, values);
			frm.reload_doc();
		},
		title,
		title
	);
}

const reason = () => ({ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 });

function extend(frm) {
	ask(frm, "extend_until", __("Extend"), [
		{ fieldname: "to_date", fieldtype: "Date", label: __("New Last Day"), reqd: 1 },
		reason(),
	]);
}

function take_back(frm) {
	ask(frm, "cancel_permit", __("Take Back"), [reason()]);
}

function refund(frm) {
	frappe.prompt(
		[
			{
				fieldname: "method",
				fieldtype: "Select",
				label: __("Payment Method"),
				reqd: 1,
				default: "Bank Transfer",
				description: __("To be refunded: {0} yuan", [frm.doc.refund]),
				options: ["Cash", "Bank Transfer", "Cheque", "Prepayment"].map((value) => ({
					value,
					label: __(value),
				})),
			},
			{ fieldname: "payee_account", fieldtype: "Data", label: __("Payee Account") },
		],
		async (values) => {
			const answer = await frm.call("ask_refund", values);
			frappe.set_route("Form", "Fee Refund", answer.message);
		},
		__("Refund Deposit"),
		__("Save")
	);
}
