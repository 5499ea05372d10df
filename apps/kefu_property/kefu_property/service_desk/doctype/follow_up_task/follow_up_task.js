const FOLLOW_UP = "kefu_property.service_desk.follow_up.";

frappe.ui.form.on("Follow Up Task", {
	setup(frm) {
		frm.set_query("case_name", () => ({ filters: { status: ["in", ["Resolved", "Verified", "Closed"]] } }));
		frm.set_query("assigned_to", () => ({ filters: { enabled: 1, user_type: "System User" } }));
	},
	async refresh(frm) {
		if (frm.is_new()) return;
		const text = await frappe.xcall(`${FOLLOW_UP}script`, { name: frm.docname });
		frm.get_field("script").$wrapper.addClass("kefu-script").text(text);
		frm.add_custom_button(__("Case"), () => frappe.set_route("Form", frm.doc.case_doctype, frm.doc.case_name));
		if (frm.doc.status !== "Open") return;
		frm.add_custom_button(__("Phone"), async () => {
			const number = await frappe.xcall(`${FOLLOW_UP}phone`, { name: frm.docname });
			frappe.msgprint({
				title: frappe.utils.escape_html(frm.doc.caller_name || ""),
				message: $("<a></a>").attr("href", `tel:${number}`).text(number)[0].outerHTML,
			});
		});
		frm.add_custom_button(__("Not Reached"), () =>
			frappe.prompt([{ fieldname: "note", fieldtype: "Small Text", label: __("Remarks") }], async (values) => {
				await frappe.xcall(`${FOLLOW_UP}not_reached`, { name: frm.docname, ...values });
				frm.reload_doc();
			})
		);
		frm.add_custom_button(__("Record Answer"), () => answer(frm)).addClass("btn-primary");
	},
});

function answer(frm) {
	const options = (values) => values.map((value) => ({ value, label: __(value) }));
	const dialog = new frappe.ui.Dialog({
		title: __("Record Answer"),
		fields: [
			{
				fieldname: "result",
				fieldtype: "Select",
				label: __("Answer of the Owner"),
				options: options(["Satisfied", "Partly Satisfied", "Dissatisfied"]),
				default: "Satisfied",
				reqd: 1,
			},
			{
				fieldname: "stars",
				fieldtype: "Select",
				label: __("Stars"),
				options: ["", "5", "4", "3", "2", "1"],
			},
			{ fieldname: "said", fieldtype: "Small Text", label: __("What the Owner Said"), reqd: 1 },
			{
				fieldname: "consequence",
				fieldtype: "Select",
				label: __("When Not Content"),
				options: [
					{ value: "", label: "" },
					{ value: "Reopened", label: __("Open the case again") },
					{ value: "Improvement Proposed", label: __("Propose an improvement") },
				],
			},
		],
		primary_action_label: __("Save"),
		primary_action: async (values) => {
			await frappe.xcall(`${FOLLOW_UP}record`, {
				name: frm.docname,
				...values,
				stars: values.stars ? cint(values.stars) : null,
			});
			dialog.hide();
			frm.reload_doc();
		},
	});
	dialog.show();
}
