frappe.ui.form.on("Improvement Proposal", {
	setup(frm) {
		["department", "case_department", "building"].forEach((field) =>
			frm.set_query(field, () => ({ filters: { project: frm.doc.project } }))
		);
	},

	onload(frm) {
		if (frm.is_new() && !frm.doc.before_to) {
			frm.set_value("before_to", frappe.datetime.get_today());
			frm.set_value("before_from", frappe.datetime.add_days(frappe.datetime.get_today(), -89));
		}
	},

	refresh(frm) {
		if (frm.doc.status === "Draft") {
			frm.add_custom_button(__("Case Statistics"), () => choose_cases(frm));
		}
		if (frm.doc.effect === "Waiting") {
			frm.dashboard.set_headline(
				__("The effect is counted after {0}.", [frappe.datetime.str_to_user(frm.doc.after_to)]),
				"blue"
			);
		} else if (frm.doc.effect) {
			frm.dashboard.set_headline(
				__("{0} cases before, {1} after", [frm.doc.cases_before, frm.doc.cases_after]),
				frm.doc.effect === "Reached" ? "green" : "red"
			);
		}
	},
});

const COLUMNS = [
	{ value: "category", label: __("Category") },
	{ value: "place", label: __("Place") },
	{ value: "cause", label: __("Cause") },
	{ value: "case_department", label: __("Department") },
	{ value: "building", label: __("Building") },
];

function choose_cases(frm) {
	if (!frm.doc.project) {
		frappe.msgprint(__("Choose the project first."));
		return;
	}
	const dialog = new frappe.ui.Dialog({
		title: __("Case Statistics"),
		fields: [
			{ fieldname: "by", fieldtype: "Select", label: __("Count By"), options: COLUMNS, default: "category" },
			{ fieldname: "column", fieldtype: "Column Break" },
			{ fieldname: "from", fieldtype: "Date", label: __("From"), default: frm.doc.before_from },
			{ fieldname: "to", fieldtype: "Date", label: __("To"), default: frm.doc.before_to },
			{ fieldname: "section", fieldtype: "Section Break" },
			{ fieldname: "rows", fieldtype: "HTML" },
		],
	});
	const show = async () => {
		const { by, from, to } = dialog.get_values();
		const args = { project: frm.doc.project, by, from_date: from, to_date: to, case_kind: frm.doc.case_kind };
		const rows = await frappe.xcall("kefu_property.service_desk.proposals.statistics", args);
		const list = $('<div class="list-group"></div>');
		rows.forEach((row) => {
			$('<button type="button" class="list-group-item list-group-item-action"></button>')
				.text(`${row.label} · ${row.cases} (${row.share} %)`)
				.on("click", () => {
					frm.set_value({ [by]: row.value, before_from: from, before_to: to });
					if (!frm.doc.title) frm.set_value("title", __("Fewer cases: {0}", [row.label]));
					dialog.hide();
				})
				.appendTo(list);
		});
		const target = dialog.fields_dict.rows.$wrapper.empty();
		if (rows.length) target.append(list);
		else target.text(__("No cases in this time"));
	};
	["by", "from", "to"].forEach((field) => (dialog.fields_dict[field].df.onchange = show));
	dialog.show();
	show();
}
