frappe.ui.form.on("Handover Batch", {
	setup(frm) {
		frm.set_query("unit", "units", () => ({ filters: { project: frm.doc.project, disabled: 0 } }));
		frm.set_query("resident", "units", () => ({ filters: { project: frm.doc.project, disabled: 0 } }));
	},

	refresh(frm) {
		if (frm.doc.docstatus === 0 && frm.perm[0].write && frm.doc.project) {
			frm.add_custom_button(__("Add Homes of the Developer"), () => add_homes(frm));
			if (!frm.is_new()) frm.add_custom_button(__("Read List of Buyers"), () => read_buyers(frm));
		}
		if (frm.doc.docstatus === 1) {
			frm.add_custom_button(__("Handover Desk"), () => frappe.set_route("handover-desk"));
			if (frm.perm[0].submit) {
				frm.add_custom_button(__("Invite the Buyers"), () =>
					frappe.confirm(__("Send every buyer without an appointment a message?"), async () => {
						const { message } = await frm.call("invite");
						frappe.show_alert({ message: __("{0} buyers invited", [message]), indicator: "green" });
						frm.reload_doc();
					})
				);
			}
		}
	},

	project: (frm) => frm.trigger("refresh"),
});

function add_homes(frm) {
	frappe.prompt(
		[
			{
				fieldname: "building",
				fieldtype: "Link",
				label: __("Building"),
				options: "Property Building",
				description: __("Empty: all buildings"),
				get_query: () => ({ filters: { project: frm.doc.project } }),
			},
		],
		async ({ building }) => {
			const rows = await frappe.xcall(
				"kefu_property.handover.doctype.handover_batch.handover_batch.homes_to_hand_over",
				{ project: frm.doc.project, building }
			);
			const known = new Set((frm.doc.units || []).map((row) => row.unit));
			const added = rows.filter((row) => !known.has(row.unit));
			for (const row of added) frm.add_child("units", row);
			frm.refresh_field("units");
			frappe.show_alert({ message: __("{0} homes added", [added.length]), indicator: "green" });
		},
		__("Add Homes of the Developer")
	);
}

function read_buyers(frm) {
	if (frm.is_dirty()) {
		frappe.msgprint(__("Save the batch first."));
		return;
	}
	new frappe.ui.FileUploader({
		doctype: frm.doctype,
		docname: frm.docname,
		folder: "Home/Attachments",
		restrictions: { allowed_file_types: [".xlsx"] },
		make_attachments_public: false,
		async on_success(file) {
			const { message } = await frm.call("read_buyers", { file_url: file.file_url });
			frappe.msgprint({
				title: __("List of Buyers"),
				indicator: message.problems.length ? "orange" : "green",
				message: [
					__("{0} buyers entered", [message.entered]),
					...message.problems.map((text) => frappe.utils.escape_html(text)),
				].join("<br>"),
			});
			frm.reload_doc();
		},
	});
}
