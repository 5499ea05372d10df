const METHODS = "kefu_property.service_desk.doctype.service_incident.service_incident.";

frappe.ui.form.on("Service Incident", {
	refresh(frm) {
		if (frm.is_new()) return;
		if (frm.doc.status === "Open") {
			frm.add_custom_button(__("Add Cases"), () => add_cases(frm));
			frm.add_custom_button(__("Answer All"), () => answer_all(frm)).addClass("btn-primary");
		}
	},
});

async function add_cases(frm) {
	const found = await frappe.xcall(METHODS + "find_cases", { name: frm.docname });
	if (!found.length) {
		frappe.show_alert({ message: __("No open case fits this incident."), indicator: "orange" });
		return;
	}
	const dialog = new frappe.ui.Dialog({
		title: __("Add Cases"),
		fields: [
			{
				fieldname: "cases",
				fieldtype: "MultiCheck",
				columns: 1,
				options: found.map((row) => ({
					value: `${row.doctype}|${row.name}`,
					label: [row.name, row.subject, row.unit].filter(Boolean).join(" · "),
					checked: 1,
				})),
			},
		],
		primary_action_label: __("Add"),
		primary_action: async (values) => {
			await frappe.xcall(METHODS + "add_cases", {
				name: frm.docname,
				cases: values.cases.map((key) => key.split("|")),
			});
			dialog.hide();
			frm.reload_doc();
		},
	});
	dialog.show();
}

function answer_all(frm) {
	frappe.prompt(
		[
			{
				fieldname: "text",
				fieldtype: "Text",
				label: __("Answer to the Owners"),
				reqd: 1,
				default: frm.doc.answer,
			},
			{ fieldname: "resolve", fieldtype: "Check", label: __("It is over: resolve all cases") },
		],
		async (values) => {
			const count = await frappe.xcall(METHODS + "answer_all", { name: frm.docname, ...values });
			frappe.show_alert({ message: __("{0} cases answered", [count]), indicator: "green" });
			frm.reload_doc();
		},
		__("Answer All")
	);
}
