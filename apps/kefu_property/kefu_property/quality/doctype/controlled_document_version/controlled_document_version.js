frappe.ui.form.on("Controlled Document Version", {
	setup(frm) {
		frm.set_query("document", () => ({ filters: { status: ["!=", "Withdrawn"] } }));
	},

	refresh(frm) {
		const state = frm.doc.workflow_state;
		if (frm.is_new()) return;
		// the bare file has no mark: an obsolete version is opened through the button
		frm.toggle_display("attachment", frm.doc.docstatus === 0 || state === "In Force");
		if (state === "Obsolete") {
			frm.dashboard.set_headline(__("This version is obsolete. Do not work by it."), "red");
			if (frm.doc.replaced_by) {
				frm.add_custom_button(__("Valid Version"), () =>
					frappe.set_route("Form", frm.doctype, frm.doc.replaced_by)
				);
			}
		}
		if (frm.doc.attachment) {
			frm.add_custom_button(__("Open the Paper"), () => {
				const method = "kefu_property.quality.documents.paper";
				window.open(`/api/method/${method}?version=${encodeURIComponent(frm.doc.name)}`);
			});
		}
		const mine = (frm.doc.distribution || []).find((row) => row.user === frappe.session.user && !row.confirmed_on);
		if (mine && state === "In Force") {
			frm.add_custom_button(__("I Have Read It"), async () => {
				await frm.call("confirm_reading");
				frm.reload_doc();
			}).addClass("btn-primary");
		}
		const out = (frm.doc.distribution || []).filter((row) => row.copy_no && row.sent_on && !row.returned_on);
		if (out.length && frm.perm[0].write) {
			frm.add_custom_button(__("Copy Taken Back"), () =>
				frappe.prompt(
					{
						fieldname: "copy_no",
						fieldtype: "Select",
						label: __("Paper Copy No."),
						options: out.map((row) => row.copy_no),
						default: out[0].copy_no,
						reqd: 1,
					},
					async (values) => {
						await frm.call("take_back", values);
						frm.reload_doc();
					},
					__("Copy Taken Back"),
					__("Save")
				)
			);
		}
	},
});
