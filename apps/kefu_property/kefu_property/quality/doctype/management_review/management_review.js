frappe.ui.form.on("Management Review", {
	onload(frm) {
		if (!frm.is_new()) return;
		const today = frappe.datetime.get_today();
		frm.set_value("review_on", frm.doc.review_on || today);
		frm.set_value("period_to", frm.doc.period_to || frappe.datetime.add_days(today, -1));
		frm.set_value("period_from", frm.doc.period_from || frappe.datetime.add_months(today, -12));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		show_inputs(frm);
		if (
			frm.doc.docstatus === 0 &&
			[undefined, null, "", "Draft"].includes(frm.doc.workflow_state) &&
			frm.perm[0].write
		) {
			frm.add_custom_button(__("Collect Inputs"), async () => {
				if (frm.is_dirty()) await frm.save();
				await frm.call({ method: "collect", doc: frm.doc, freeze: true });
				frm.reload_doc();
			});
		}
		frm.add_custom_button(__("Pack as PDF"), () => {
			const method = "kefu_property.quality.reviews.pack";
			window.open(`/api/method/${method}?review=${encodeURIComponent(frm.doc.name)}`);
		});
		const open = (frm.doc.decisions || []).filter((row) => !row.done_on);
		if (frm.doc.docstatus === 1 && open.length) {
			frm.add_custom_button(__("Decision Carried Out"), () => finish(frm, open));
		}
	},
});

async function show_inputs(frm) {
	const wrapper = frm.get_field("inputs_view").$wrapper.empty();
	const { message } = await frm.call("show_inputs");
	// the server renders its own template and escapes what people wrote
	if (message)
		wrapper.html(message); // eslint-disable-line kefu/safe-html -- the server made this markup
	else $("<p class='text-muted'>").text(__("The inputs were not collected yet.")).appendTo(wrapper);
}

function finish(frm, rows) {
	frappe.prompt(
		[
			{
				fieldname: "row",
				fieldtype: "Select",
				label: __("Decision Taken"),
				options: rows.map((row) => ({ value: row.name, label: `${row.idx}. ${row.decision.slice(0, 60)}` })),
				default: rows[0].name,
				reqd: 1,
			},
			{ fieldname: "outcome", fieldtype: "Small Text", label: __("Outcome"), reqd: 1 },
		],
		async (values) => {
			await frm.call("finish_decision", values);
			frm.reload_doc();
		},
		__("Decision Carried Out"),
		__("Save")
	);
}
