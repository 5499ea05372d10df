frappe.ui.form.on("Custody Count", {
	setup(frm) {
		frm.set_query("shelf", () => ({ filters: { project: frm.doc.project } }));
		frm.set_query("found_shelf", "items", () => ({ filters: { project: frm.doc.project } }));
		frm.set_query("custody_item", "items", () => ({ filters: { project: frm.doc.project } }));
	},

	refresh(frm) {
		if (frm.is_new()) {
			frm.set_intro(__("Save: the items of the shelf are listed then."));
			return;
		}
		if (frm.doc.docstatus || frm.doc.status !== "Draft") return;
		frm.add_custom_button(__("Scan Labels"), () => scan_dialog(frm));
		frm.add_custom_button(__("The Rest Is Missing"), () => {
			frm.doc.items
				.filter((row) => !row.found)
				.forEach((row) => frappe.model.set_value(row.doctype, row.name, "found", "Missing"));
			frm.save();
		});
	},
});

function scan_dialog(frm) {
	const dialog = new frappe.ui.Dialog({
		title: __("Scan Labels"),
		fields: [
			{ fieldname: "code", fieldtype: "Data", label: __("Scan a label, then Enter") },
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
		const row = frm.doc.items.find((item) => item.custody_item === code || item.tracking_number === code);
		if (row) {
			frappe.model.set_value(row.doctype, row.name, "found", "Here");
			if (frm.doc.shelf) frappe.model.set_value(row.doctype, row.name, "found_shelf", frm.doc.shelf);
		}
		$("<div></div>")
			.addClass(row ? "text-success" : "text-danger")
			.text(row ? __("{0} is here", [code]) : __("{0} is not on this list", [code]))
			.prependTo(dialog.fields_dict.log.$wrapper);
	});
	dialog.show();
}
