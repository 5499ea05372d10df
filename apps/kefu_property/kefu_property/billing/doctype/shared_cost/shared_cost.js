frappe.ui.form.on("Shared Cost", {
	setup(frm) {
		frm.set_query("tariff", () => ({ filters: { kind: "Shared Pool", project: frm.doc.project || "" } }));
		frm.set_query("building", () => ({ filters: { project: frm.doc.project || "" } }));
		frm.set_query("unit", "units", () => ({ filters: { project: frm.doc.project || "" } }));
	},

	refresh(frm) {
		if (["Draft", undefined].includes(frm.doc.workflow_state) && frm.perm[0].write) {
			frm.add_custom_button(__("From Common Meters"), () => kefu_cost_from_meters(frm));
		}
		if (frm.is_new()) return;
		frm.add_custom_button(__("Show Division"), () => kefu_show_division(frm));
	},
});

async function kefu_show_division(frm) {
	const rows = await frappe.xcall("kefu_property.billing.actions.divide_shared_cost", { cost: frm.doc.name });
	const dialog = new frappe.ui.Dialog({ title: __("Division of {0}", [frm.doc.title]), size: "large" });
	const $table = $('<table class="table table-bordered"><thead><tr></tr></thead><tbody></tbody></table>').appendTo(
		dialog.body
	);
	for (const label of [__("Unit"), __(frm.doc.basis), __("Share")]) {
		$("<th></th>").text(label).appendTo($table.find("tr"));
	}
	for (const row of rows) {
		const $row = $("<tr></tr>").appendTo($table.find("tbody"));
		$("<td></td>").text(row.unit_code).appendTo($row);
		$('<td class="text-right"></td>').text(row.weight).appendTo($row);
		$('<td class="text-right"></td>').text(row.share).appendTo($row);
	}
	dialog.show();
}

/** Amount = consumption of the chosen common meters × price; the arithmetic is written beside it for the disclosure. */
async function kefu_cost_from_meters(frm) {
	const { project, period_start, period_end, building } = frm.doc;
	if (!project || !period_start || !period_end) {
		frappe.show_alert({ message: __("Choose project and period first."), indicator: "orange" });
		return;
	}
	const rows = await frappe.xcall("kefu_property.billing.meters.common_consumption", {
		project,
		period_start,
		period_end,
		building: building || null,
	});
	if (!rows.length) {
		frappe.show_alert({ message: __("No common meter was read in this period."), indicator: "orange" });
		return;
	}
	const text = (row) => `${row.meter_no} ${row.place || ""} ${__(row.meter_kind)}: ${row.consumption}`;
	const dialog = new frappe.ui.Dialog({
		title: __("From Common Meters"),
		fields: [
			...rows.map((row, index) => ({ fieldname: `meter_${index}`, fieldtype: "Check", label: text(row) })),
			{ fieldname: "price", fieldtype: "Float", precision: 4, label: __("Price"), reqd: 1 },
		],
		primary_action_label: __("Take Over"),
		primary_action(values) {
			const chosen = rows.filter((_row, index) => values[`meter_${index}`]);
			if (!chosen.length) return;
			// thousandths × ten-thousandths of yuan, as whole numbers
			const used = chosen.reduce((sum, row) => sum + Math.round(Number(row.consumption) * 1000), 0);
			const amount = Math.round((used * Math.round(values.price * 10000)) / 100000) / 100;
			frm.set_value("amount", amount);
			frm.set_value("basis_text", `${chosen.map(text).join("; ")}; × ${values.price} = ${amount.toFixed(2)}`);
			dialog.hide();
		},
	});
	dialog.show();
}
