frappe.ui.form.on("Dormitory Bed", {
	refresh(frm) {
		if (frm.is_new()) return;
		const { status, stay, application, project, name } = frm.doc;
		if (status === "Vacant") {
			frm.add_custom_button(__("Apply for This Bed"), () =>
				frappe.new_doc("Dormitory Application", { project, bed: name })
			).addClass("btn-primary");
			frm.add_custom_button(__("Take Out for Repair"), () =>
				frappe.prompt(
					[{ fieldname: "reason", fieldtype: "Data", label: __("Reason"), reqd: 1 }],
					(values) => change(frm, values),
					__("Take Out for Repair")
				)
			);
		}
		if (status === "Repair") frm.add_custom_button(__("Back into Use"), () => change(frm, {}));
		if (stay) frm.add_custom_button(__("Open Stay"), () => frappe.set_route("Form", "Dormitory Stay", stay));
		if (application) {
			frm.add_custom_button(__("Open Application"), () =>
				frappe.set_route("Form", "Dormitory Application", application)
			);
		}
	},
});

async function change(frm, values) {
	await frm.call("set_repair", values);
	frm.reload_doc();
}
