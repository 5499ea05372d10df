frappe.listview_settings["Bank Transfer Line"] = {
	add_fields: ["status", "resident_name"],
	hide_name_column: true,
	get_indicator(doc) {
		const states = {
			Unmatched: [__("Unmatched"), "red"],
			Proposed: [__("Proposed"), "orange"],
			Posted: [__("Posted"), "green"],
			"Set Aside": [__("Set Aside"), "gray"],
		};
		const [label, colour] = states[doc.status] || states.Unmatched;
		return [label, colour, `status,=,${doc.status}`];
	},
	formatters: {
		match_reason: (value) => frappe.utils.escape_html(kefu_match_reasons(value)),
		resident: (value, df, doc) => frappe.utils.escape_html(doc.resident_name || ""),
	},
	onload(list) {
		if (!frappe.user.has_role("Cashier") && !frappe.user.has_role("Accountant")) return;
		list.page.add_action_item(__("Post as Payments"), async () => {
			const lines = list.get_checked_items(true);
			if (!lines.length) return;
			const answer = await frappe.xcall("kefu_property.billing.actions.post_transfers", { lines });
			const refused = answer.refused.map((row) => frappe.utils.escape_html(row.reason));
			frappe.msgprint(
				[__("{0} receipts written.", [answer.posted.length]), ...refused].join("<br>"),
				__("Bank Transfers")
			);
			list.refresh();
		});
	},
};

function kefu_match_reasons(value) {
	const words = {
		unit: __("Unit"),
		name: __("Name"),
		phone: __("Phone"),
		tail: __("End of the Phone"),
		total: __("All Open Bills"),
		one_bill: __("One Bill"),
		"By hand": __("By hand"),
	};
	return String(value || "")
		.split(", ")
		.filter(Boolean)
		.map((word) => words[word] || word)
		.join(", ");
}
