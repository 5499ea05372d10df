frappe.ui.form.on("Duty Post", {
	refresh(frm) {
		if (frm.is_new()) return;
		frm.add_custom_button(__("Choose Sections"), () => choose_sections(frm));
		if (frm.doc.needs_handover && !frm.doc.disabled) {
			frm.add_custom_button(__("Begin Duty"), () =>
				frappe.new_doc("Shift Handover", { project: frm.doc.project, post: frm.doc.name })
			).addClass("btn-primary");
		}
	},
});

async function choose_sections(frm) {
	const titles = await frappe.xcall("kefu_property.office.doctype.duty_post.duty_post.sections");
	const chosen = (frm.doc.sections || "").split("\n");
	frappe.prompt(
		Object.entries(titles).map(([key, title]) => ({
			fieldname: key,
			fieldtype: "Check",
			label: title,
			default: chosen.includes(key) ? 1 : 0,
		})),
		(values) => {
			const keys = Object.keys(titles).filter((key) => values[key]);
			frm.set_value("sections", keys.join("\n"));
			frm.save();
		},
		__("Sections of the Sheet"),
		__("Apply")
	);
}
