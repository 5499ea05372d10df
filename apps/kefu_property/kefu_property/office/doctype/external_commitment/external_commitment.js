frappe.ui.form.on("External Commitment", {
	setup(frm) {
		frm.set_query("organisation", () => ({ filters: { project: frm.doc.project } }));
		frm.set_query("visit", () => ({ filters: { organisation: frm.doc.organisation } }));
		frm.set_query("responsible", () => ({ filters: { user_type: "System User", enabled: 1 } }));
	},

	refresh(frm) {
		if (frm.is_new() || frm.doc.status !== "Pending") return;
		frm.add_custom_button(__("Fulfilled"), () => close(frm, 1)).addClass("btn-primary");
		frm.add_custom_button(__("Dropped"), () => close(frm, 0));
		if (frm.doc.due_on < frappe.datetime.get_today()) {
			frm.dashboard.set_headline(__("This commitment is late."), "red");
		}
	},
});

function close(frm, fulfilled) {
	frappe.prompt(
		[
			{ fieldname: "result", fieldtype: "Small Text", label: __("Result"), reqd: 1 },
			{ fieldname: "done_on", fieldtype: "Date", label: __("Done On"), default: "Today", reqd: 1 },
		],
		async (values) => {
			await frm.call("close", { ...values, fulfilled });
			frm.reload_doc();
		},
		fulfilled ? __("Fulfilled") : __("Dropped"),
		__("Done")
	);
}
