frappe.ui.form.on("Facility Booking", {
	setup(frm) {
		frm.set_query("facility", () => ({ filters: { project: frm.doc.project, bookable: 1 } }));
		frm.set_query("unit", () => ({ filters: { project: frm.doc.project } }));
		frm.set_query("resident", () => ({ filters: { project: frm.doc.project } }));
	},

	refresh(frm) {
		if (frm.is_new() || !frappe.model.can_write(frm.doctype)) return;
		if (frm.doc.status === "Requested") {
			frm.add_custom_button(__("Confirm"), () => decide(frm, 1)).addClass("btn-primary");
			frm.add_custom_button(__("Refuse"), () => decide(frm, 0));
		} else if (frm.doc.status === "Confirmed") {
			frm.add_custom_button(__("Cancel Booking"), () => ask(frm, "cancel_booking", {}, 0));
		}
	},
});

function decide(frm, confirm) {
	ask(frm, "decide", { confirm }, confirm ? 0 : 1);
}

function ask(frm, method, args, reqd) {
	frappe.prompt(
		{ fieldname: "note", fieldtype: "Small Text", label: __("Note for the Resident"), reqd },
		async (values) => {
			await frm.call(method, { ...args, ...values });
			frm.reload_doc();
		},
		__("Booking"),
		__("Save")
	);
}
