frappe.ui.form.on("Relations Plan", {
	setup(frm) {
		frm.set_query("organisation", "items", () => ({ filters: { project: frm.doc.project, disabled: 0 } }));
	},

	onload(frm) {
		if (frm.is_new() && !frm.doc.plan_year) frm.set_value("plan_year", new Date().getFullYear());
	},

	refresh(frm) {
		if (frm.doc.docstatus !== 1) return;
		frm.dashboard.add_progress(
			__("{0} of {1} carried out", [frm.doc.carried_out, frm.doc.planned]),
			(100 * frm.doc.carried_out) / Math.max(1, frm.doc.planned)
		);
		frm.add_custom_button(__("Note What Was Carried Out"), () => carry_out(frm)).addClass("btn-primary");
	},
});

function carry_out(frm) {
	const rows = frm.doc.items.filter((row) => !row.visit);
	if (!rows.length) {
		frappe.msgprint(__("Everything in the plan was carried out."));
		return;
	}
	const label = (row) => `${row.idx}. ${row.planned_month}: ${row.activity}`;
	const chosen = (values) => rows.find((row) => label(row) === values.item);
	const dialog = new frappe.ui.Dialog({
		title: __("Note What Was Carried Out"),
		fields: [
			{
				fieldname: "item",
				fieldtype: "Select",
				label: __("Planned Activity"),
				options: rows.map(label),
				reqd: 1,
			},
			{
				fieldname: "visit",
				fieldtype: "Link",
				options: "External Visit",
				label: __("External Visit"),
				reqd: 1,
				get_query: () => {
					const row = chosen(dialog.get_values(true) || {});
					return {
						filters: { project: frm.doc.project, ...(row ? { organisation: row.organisation } : {}) },
					};
				},
			},
		],
		primary_action_label: __("Done"),
		async primary_action(values) {
			await frm.call("carry_out", { item: chosen(values).name, visit: values.visit });
			dialog.hide();
			frm.reload_doc();
		},
	});
	dialog.show();
}
