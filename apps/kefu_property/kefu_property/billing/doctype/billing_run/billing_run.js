const KEFU_RUN = "kefu_property.billing.actions.";

frappe.ui.form.on("Billing Run", {
	setup(frm) {
		frm.set_query("items", () => ({ filters: { disabled: 0 } }));
		frappe.realtime.on("kefu_billing_run", (data) => {
			if (data.run !== frm.doc.name) return;
			frm.dashboard.show_progress(
				__("Publishing"),
				data.progress,
				__("{0} bills written", [data.published_bills])
			);
			if (data.progress >= 99) setTimeout(() => frm.reload_doc(), 1500);
		});
	},

	refresh(frm) {
		kefu_show_skips(frm);
		if (frm.is_new()) return;
		const state = frm.doc.workflow_state;
		const accountant = frappe.user.has_role("Accountant");
		if (accountant && ["Draft", "Previewed"].includes(state)) {
			frm.add_custom_button(__("Preview"), () => kefu_call(frm, "preview_run", __("Calculating…")));
		}
		if (accountant && ["Approved", "Failed"].includes(state)) {
			frm.add_custom_button(__("Publish Bills"), () =>
				frappe.confirm(__("Publish {0} bills? Published bills never change.", [frm.doc.bill_count]), () =>
					kefu_call(frm, "publish_run")
				)
			).addClass("btn-primary");
		}
		if (accountant && state !== "Cancelled") {
			frm.add_custom_button(__("Cancel Run"), () => kefu_cancel_run(frm), __("More"));
		}
		if (state === "Publishing") {
			frm.dashboard.show_progress(
				__("Publishing"),
				frm.doc.progress,
				__("{0} bills written", [frm.doc.published_bills])
			);
		}
		if (state === "Failed" && frm.doc.error)
			frm.dashboard.set_headline_alert(frappe.utils.escape_html(frm.doc.error), "red");
	},

	period_start(frm) {
		if (frm.doc.period_start && !frm.doc.period_end) {
			frm.set_value("period_end", moment(frm.doc.period_start).endOf("month").format("YYYY-MM-DD"));
		}
	},
});

async function kefu_call(frm, method, message) {
	if (frm.is_dirty()) await frm.save();
	await frappe.call({
		method: KEFU_RUN + method,
		args: { run: frm.doc.name },
		freeze: Boolean(message),
		freeze_message: message,
	});
	frm.reload_doc();
}

function kefu_cancel_run(frm) {
	frappe.prompt(
		[{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 }],
		async (values) => {
			await frappe.xcall(`${KEFU_RUN}cancel_run`, { run: frm.doc.name, reason: values.reason });
			frm.reload_doc();
		},
		__("Cancel the run and all its bills"),
		__("Cancel Run")
	);
}

function kefu_show_skips(frm) {
	const rows = (frm.doc.__onload && frm.doc.__onload.skips) || [];
	const escape = frappe.utils.escape_html;
	const body = rows
		.map((row) => {
			const url = `/app/billing-run-skip?billing_run=${encodeURIComponent(frm.doc.name)}&reason=${encodeURIComponent(row.reason)}`;
			return (
				`<tr><td>${escape(__(row.fee_item))}</td><td>${escape(__(row.reason))}</td>` +
				`<td class="text-right"><a href="${url}">${row.units}</a></td><td>${escape(row.example)}</td></tr>`
			);
		})
		.join("");
	const head = [__("Fee Item"), __("Reason"), __("Units"), __("Example")]
		.map((text) => `<th>${escape(text)}</th>`)
		.join("");
	const table = `<table class="table table-bordered"><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
	frm.fields_dict.skips_html.$wrapper.html(
		// eslint-disable-next-line kefu/safe-html -- made above of escaped texts
		rows.length ? table : `<p class="text-muted">${__("No unit is skipped.")}</p>`
	);
}
