frappe.ui.form.on("Key Count", {
	setup(frm) {
		frm.set_query("cabinet", () => ({ filters: { project: frm.doc.project } }));
	},

	refresh(frm) {
		if (frm.is_new()) {
			frm.set_intro(__("Save: the keys of the cabinet are listed then."));
			return;
		}
		if (frm.doc.docstatus || frm.doc.status !== "Draft") return;
		frm.add_custom_button(__("Scan Tags"), () => scan_dialog(frm));
		frm.add_custom_button(__("The Rest Is Missing"), () => {
			frm.doc.items
				.filter((row) => !row.found && row.expected === "In Cabinet")
				.forEach((row) => frappe.model.set_value(row.doctype, row.name, "found", "Missing"));
			frm.save();
		});
	},
});

function scan_dialog(frm) {
	const dialog = new frappe.ui.Dialog({
		title: __("Scan Tags"),
		fields: [
			{ fieldname: "code", fieldtype: "Data", label: __("Scan or type a key tag, then Enter") },
			{ fieldname: "log", fieldtype: "HTML" },
		],
		primary_action_label: __("Save"),
		primary_action() {
			dialog.hide();
			frm.save();
		},
	});
	dialog.fields_dict.code.$input.on("keydown", (event) => {
		if (event.key !== "Enter") return;
		event.preventDefault();
		event.stopPropagation();
		const code = event.target.value.trim();
		event.target.value = "";
		const row = frm.doc.items.find((item) => item.key_code === code);
		const text = row ? __("{0} is here", [code]) : __("{0} does not belong to this cabinet", [code]);
		if (row) frappe.model.set_value(row.doctype, row.name, "found", "Here");
		$("<div></div>")
			.addClass(row ? "text-success" : "text-danger")
			.text(text)
			.prependTo(dialog.fields_dict.log.$wrapper);
	});
	dialog.show();
}
