const KEFU_RESULTS = [
	"Reached",
	"Not Reached",
	"Promised",
	"Refused",
	"Disputed",
	"Signed For",
	"Delivered",
	"Returned",
	"Sent",
];
const KEFU_WAYS = ["Phone", "Visit", "Handed Over", "Posted at the Door", "Registered Mail", "Text Message", "Lawyer"];
const KEFU_WAY_OF = { Phone: "Phone", Visit: "Visit", "Written Demand": "Handed Over", "Legal Letter": "Lawyer" };

frappe.ui.form.on("Dunning Action", {
	setup(frm) {
		frm.set_query("resident", () => ({ filters: { project: frm.doc.project } }));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		if (["To Do", "Failed"].includes(frm.doc.state) && frm.perm[0].write) {
			frm.add_custom_button(__("Record Outcome"), () => kefu_record(frm)).addClass("btn-primary");
		}
		frm.add_custom_button(__("Evidence File"), () => {
			const query = new URLSearchParams({ project: frm.doc.project, resident: frm.doc.resident });
			window.open(`/api/method/kefu_property.billing.dunning_papers.evidence?${query}`);
		});
	},
});

function kefu_record(frm) {
	const choices = (values) => values.map((value) => ({ value, label: __(value) }));
	const promised = 'eval:doc.result === "Promised"';
	frappe.prompt(
		[
			{
				fieldname: "channel",
				fieldtype: "Select",
				label: __("Way"),
				options: choices(KEFU_WAYS),
				reqd: 1,
				default: KEFU_WAY_OF[frm.doc.action_type],
			},
			{ fieldname: "result", fieldtype: "Select", label: __("Outcome"), options: choices(KEFU_RESULTS), reqd: 1 },
			{
				fieldname: "promised_amount",
				fieldtype: "Currency",
				label: __("Promised Amount"),
				default: frm.doc.amount,
				depends_on: promised,
			},
			{
				fieldname: "pay_by",
				fieldtype: "Date",
				label: __("Pays by"),
				depends_on: promised,
				mandatory_depends_on: promised,
			},
			{ fieldname: "proof", fieldtype: "Attach", label: __("Proof of Delivery") },
			{ fieldname: "note", fieldtype: "Small Text", label: __("Remark") },
		],
		async (values) => {
			await frappe.xcall("kefu_property.billing.dunning.record", {
				action: frm.doc.name,
				...values,
				promised_amount: String(values.promised_amount || ""),
			});
			frm.reload_doc();
		},
		__("Record Outcome"),
		__("Save")
	);
}
