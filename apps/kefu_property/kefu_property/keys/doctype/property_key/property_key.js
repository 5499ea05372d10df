frappe.ui.form.on("Property Key", {
	setup(frm) {
		for (const field of ["cabinet", "unit", "building", "key_set"]) {
			frm.set_query(field, () => ({ filters: { project: frm.doc.project } }));
		}
	},

	refresh(frm) {
		if (frm.is_new()) return;
		const mine = { project: frm.doc.project };
		if (frm.doc.status === "In Cabinet") {
			frm.add_custom_button(__("Lend"), () => lend(frm));
			frm.add_custom_button(__("Retire"), () =>
				frappe.confirm(__("Take {0} out of use?", [frappe.utils.escape_html(frm.doc.key_code)]), async () => {
					await frm.call("retire");
					frm.reload_doc();
				})
			);
		}
		if (frm.doc.current_loan) {
			frm.add_custom_button(__("Open Loan"), () => frappe.set_route("Form", "Key Loan", frm.doc.current_loan));
		}
		if (["In Cabinet", "On Loan", "Handed Over"].includes(frm.doc.status)) {
			frm.add_custom_button(__("Report Loss"), () =>
				frappe.new_doc("Key Loss", { ...mine, property_key: frm.doc.name })
			);
		}
		if (frm.perm[0]?.write) frm.add_custom_button(__("Make Copies"), () => copies(frm));
	},
});

function copies(frm) {
	frappe.prompt(
		[
			{ fieldname: "number", fieldtype: "Int", label: __("How many"), reqd: 1, default: 1 },
			{ fieldname: "made_by", fieldtype: "Data", label: __("Made By"), reqd: 1 },
		],
		async (values) => {
			const answer = await frm.call("make_copies", values);
			frappe.show_alert({ message: __("{0} copies registered.", [answer.message.length]), indicator: "green" });
			frm.reload_doc();
		},
		__("Make Copies"),
		__("Register")
	);
}

async function lend(frm) {
	await frappe.model.with_doctype("Key Loan");
	const doc = frappe.model.get_new_doc("Key Loan");
	doc.project = frm.doc.project;
	const row = frappe.model.add_child(doc, "Key Loan Item", "items");
	const { name, key_code, key_name } = frm.doc;
	Object.assign(row, { property_key: name, key_code, key_name });
	frappe.set_route("Form", "Key Loan", doc.name);
}
