frappe.ui.form.on("Shared Cost", {
	setup(frm) {
		frm.set_query("tariff", () => ({ filters: { kind: "Shared Pool", project: frm.doc.project || "" } }));
		frm.set_query("building", () => ({ filters: { project: frm.doc.project || "" } }));
		frm.set_query("unit", "units", () => ({ filters: { project: frm.doc.project || "" } }));
	},

	refresh(frm) {
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
