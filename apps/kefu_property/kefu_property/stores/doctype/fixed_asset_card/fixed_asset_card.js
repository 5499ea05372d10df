frappe.ui.form.on("Fixed Asset Card", {
	setup(frm) {
		frm.set_query("department", () => ({ filters: { project: frm.doc.project, disabled: 0 } }));
		frm.set_query("custodian", () => ({ filters: { user_type: "System User", enabled: 1 } }));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		const active = ["In Use", "Idle", "Under Repair"].includes(frm.doc.status);
		const settled = !["Draft", "Pending Approval"].includes(frm.doc.status);
		for (const field of [
			"asset_class",
			"custodian",
			"department",
			"place",
			"acquired_on",
			"in_use_from",
			"original_value",
			"opening_accumulated",
			"opening_months",
			"method",
			"life_months",
			"salvage_value",
		]) {
			frm.set_df_property(field, "read_only", settled ? 1 : 0);
		}
		frm.add_custom_button(__("Print Label"), () => print_asset_labels([frm.doc.name]));
		if (!active) return;
		const paper = (label, doctype, values) => {
			if (!frappe.model.can_create(doctype)) return;
			frm.add_custom_button(
				label,
				() => frappe.new_doc(doctype, { project: frm.doc.project, ...values }),
				__("Actions")
			);
		};
		if (frappe.model.can_create("Fixed Asset Transfer") && frm.doc.status !== "Under Repair") {
			frm.add_custom_button(
				__("Transfer"),
				() =>
					frappe.new_doc("Fixed Asset Transfer", { project: frm.doc.project }, (doc) => {
						doc.items = [];
						const row = frappe.model.add_child(doc, "items");
						Object.assign(row, { asset: frm.doc.name, asset_name: frm.doc.asset_name });
					}),
				__("Actions")
			);
		}
		if (frm.doc.status !== "Under Repair") {
			paper(__("Repair"), "Fixed Asset Repair", { asset: frm.doc.name });
		}
		paper(__("Revalue"), "Fixed Asset Revaluation", { asset: frm.doc.name });
		paper(__("Scrap or Sell"), "Fixed Asset Disposal", { asset: frm.doc.name });
		if (frm.perm[0].write) frm.add_custom_button(__("Inspected"), () => note_inspection(frm), __("Actions"));
	},
});

function note_inspection(frm) {
	frappe.prompt(
		[
			{
				fieldname: "inspected_on",
				fieldtype: "Date",
				label: __("Inspected On"),
				reqd: 1,
				default: frappe.datetime.get_today(),
			},
			{ fieldname: "next_due", fieldtype: "Date", label: __("Next Inspection") },
		],
		(values) =>
			frappe
				.xcall("kefu_property.stores.doctype.fixed_asset_card.fixed_asset_card.record_inspection", {
					asset: frm.doc.name,
					...values,
				})
				.then(() => frm.reload_doc()),
		__("Inspected")
	);
}

function print_asset_labels(names) {
	const method = "kefu_property.stores.doctype.fixed_asset_card.fixed_asset_card.labels";
	window.open(`/api/method/${method}?names=${encodeURIComponent(JSON.stringify(names))}`);
}
