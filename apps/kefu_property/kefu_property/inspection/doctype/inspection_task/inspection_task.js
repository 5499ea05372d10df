frappe.ui.form.on("Inspection Task", {
	setup(frm) {
		frm.set_query("facility", () => ({ filters: { project: frm.doc.project, status: "In Use" } }));
		frm.set_query("template", () => ({ filters: { disabled: 0 } }));
		// seeded sheets are written in English
		for (const fieldname of ["item_text", "answer", "answer_type"]) {
			frappe.meta.get_docfield("Inspection Task Line", fieldname, frm.docname).formatter = (value) =>
				frappe.utils.escape_html(__(value || ""));
		}
	},

	refresh(frm) {
		if (frm.is_new() || !["Planned", "Missed Check"].includes(frm.doc.status)) return;
		frm.add_custom_button(__("Carry Out"), () =>
			frappe.set_route("inspection-round", "task", frm.doc.name)
		).addClass("btn-primary");
		const leads = ["CS Supervisor", "Engineering Lead", "Order and Cleaning Lead", "Office Director"];
		if (leads.some((role) => frappe.user.has_role(role))) {
			frm.add_custom_button(__("Skip Check"), () =>
				frappe.prompt(
					{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 },
					async (values) => {
						await frm.call("skip", values);
						frm.reload_doc();
					},
					__("Skip Check"),
					__("Save")
				)
			);
		}
	},
});
