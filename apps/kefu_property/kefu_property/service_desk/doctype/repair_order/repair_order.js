/* global kefu */
kefu.cases.form("Repair Order");

const DISPATCH = "kefu_property.service_desk.dispatch.";

frappe.ui.form.on("Repair Order", {
	setup(frm) {
		frm.set_query("labour", "labour", () => ({ filters: { project: frm.doc.project, disabled: 0 } }));
	},
	refresh(frm) {
		if (frm.is_new()) return;
		if (frm.doc.repeat_of) {
			const link = frappe.utils.get_form_link("Repair Order", frm.doc.repeat_of, true);
			frm.dashboard.add_comment(__("Repeat of {0}", [link]), "yellow", true);
		}
		if (["To Be Sent", "Refused"].includes(frm.doc.quotation_state)) {
			frm.add_custom_button(__("Send Quotation"), () => call(frm, "send_quotation"), __("Quotation"));
		}
		if (frm.doc.quotation_state === "Sent") {
			frm.add_custom_button(__("Owner Answered"), () => answered(frm), __("Quotation"));
		}
	},
});

async function call(frm, method, args) {
	await frappe.xcall(DISPATCH + method, { name: frm.docname, ...args });
	frm.reload_doc();
}

function answered(frm) {
	frappe.prompt(
		[
			{ fieldname: "accepted", fieldtype: "Check", label: __("Accepted"), default: 1 },
			{ fieldname: "note", fieldtype: "Data", label: __("How did the owner answer?"), reqd: 1 },
		],
		(values) => call(frm, "record_quotation_answer", { accepted: values.accepted, note: values.note }),
		__("Owner Answered")
	);
}
