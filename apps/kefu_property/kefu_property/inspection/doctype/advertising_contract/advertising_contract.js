frappe.ui.form.on("Advertising Contract", {
	setup(frm) {
		frm.set_query("facility", () => ({
			filters: { project: frm.doc.project, kind: "Advertising Place", status: ["!=", "Scrapped"] },
		}));
	},

	refresh(frm) {
		if (frm.doc.docstatus !== 1) return;
		const cashier = frappe.user.has_role(["Cashier", "Accountant"]);
		if (cashier && Number(frm.doc.outstanding)) {
			frm.add_custom_button(__("Receive Rent"), () => receive(frm)).addClass("btn-primary");
		}
		if (
			cashier &&
			frappe.boot.kefu.modules.includes("billing") &&
			frm.doc.receipts.some((row) => !row.income_entry)
		) {
			frm.add_custom_button(__("Enter in the Owners' Books"), async () => {
				await frappe.xcall("kefu_property.inspection.advertising.post_open", { contract: frm.doc.name });
				frm.reload_doc();
			});
		}
		if (cashier && frm.doc.receipts.length) {
			frm.add_custom_button(__("Take Back Receipt"), () => take_back(frm));
		}
		frm.add_custom_button(__("Content Check"), () =>
			frappe.new_doc("Advertising Content Check", {
				project: frm.doc.project,
				facility: frm.doc.facility,
				contract: frm.doc.name,
			})
		);
		if (!frm.doc.ended_on && frappe.user.has_role(["CS Supervisor", "Office Director"])) {
			frm.add_custom_button(__("End Early"), () => end_early(frm));
		}
		if (frm.doc.next_due_on && frm.doc.next_due_on < frappe.datetime.get_today()) {
			frm.dashboard.set_headline(
				__("Rent was due on {0}; {1} yuan are open in all.", [
					frappe.datetime.str_to_user(frm.doc.next_due_on),
					frm.doc.outstanding,
				]),
				"red"
			);
		}
	},
});

function receive(frm) {
	frappe.prompt(
		[
			{ fieldname: "amount", fieldtype: "Currency", label: __("Amount"), reqd: 1, default: next_amount(frm) },
			{
				fieldname: "received_on",
				fieldtype: "Date",
				label: __("Rent Received On"),
				reqd: 1,
				default: frappe.datetime.get_today(),
			},
			{
				fieldname: "method",
				fieldtype: "Select",
				label: __("Payment Method"),
				reqd: 1,
				default: "Bank Transfer",
				options: ["Bank Transfer", "Cash", "Cheque"].map((value) => ({ value, label: __(value) })),
			},
			{ fieldname: "reference_no", fieldtype: "Data", label: __("Reference No") },
		],
		async (values) => {
			await frappe.xcall("kefu_property.inspection.advertising.receive_rent", {
				contract: frm.doc.name,
				...values,
				amount: String(values.amount),
			});
			frm.reload_doc();
		},
		__("Receive Rent"),
		__("Save")
	);
}

function take_back(frm) {
	frappe.prompt(
		[
			{
				fieldname: "receipt",
				fieldtype: "Select",
				label: __("Receipt"),
				reqd: 1,
				options: frm.doc.receipts.map((row) => ({
					value: row.name,
					label: `${frappe.datetime.str_to_user(row.received_on)} ${row.amount} ${row.reference_no || ""}`,
				})),
			},
			{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 },
		],
		async (values) => {
			await frappe.xcall("kefu_property.inspection.advertising.take_back_receipt", {
				contract: frm.doc.name,
				...values,
			});
			frm.reload_doc();
		},
		__("Take Back Receipt"),
		__("Save")
	);
}

function next_amount(frm) {
	const open = frm.doc.schedule.find((row) => flt(row.received) < flt(row.amount));
	return open ? flt(open.amount) - flt(open.received) : 0;
}

function end_early(frm) {
	frappe.prompt(
		[
			{ fieldname: "ended_on", fieldtype: "Date", label: __("Last Day"), reqd: 1 },
			{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 },
		],
		async (values) => {
			await frm.call("end_early", values);
			frm.reload_doc();
		},
		__("End Early"),
		__("Save")
	);
}
