frappe.ui.form.on("Service Booking", {
	setup(frm) {
		frm.set_query("service", () => ({ filters: { workflow_state: "Offered", project: frm.doc.project } }));
		frm.set_query("resident", () => ({ filters: { project: frm.doc.project } }));
		frm.set_query("unit", () => ({ filters: { project: frm.doc.project } }));
	},
	refresh(frm) {
		if (frm.is_new()) return;
		frm.disable_save();
		const desk = frappe.model.can_create("Service Booking");
		const open = ["Booked", "Dispatched"].includes(frm.doc.status);
		const step = async (method, args) => {
			await frm.call(method, args);
			frm.reload_doc();
		};
		if (frm.doc.status === "Dispatched" && (desk || frm.doc.assigned_to === frappe.session.user)) {
			frm.add_custom_button(__("Work Done"), () =>
				frappe.prompt(
					{ fieldname: "note", fieldtype: "Small Text", label: __("What Was Done"), reqd: 1 },
					(values) => step("finish", values)
				)
			).addClass("btn-primary");
		}
		if (open && desk) {
			frm.add_custom_button(__("Dispatch"), () =>
				frappe.prompt(
					{
						fieldname: "user",
						fieldtype: "Link",
						options: "User",
						label: __("Staff Member"),
						reqd: 1,
						default: frm.doc.assigned_to,
						get_query: () => ({ filters: { enabled: 1, user_type: "System User" } }),
					},
					(values) => step("dispatch", values)
				)
			);
			frm.add_custom_button(__("Cancel Booking"), () =>
				frappe.prompt({ fieldname: "reason", fieldtype: "Data", label: __("Reason"), reqd: 1 }, (values) =>
					step("cancel_booking", values)
				)
			);
		}
	},
});
