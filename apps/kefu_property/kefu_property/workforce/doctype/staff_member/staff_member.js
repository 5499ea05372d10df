const PURPOSES = ["Contract and Insurance", "Payroll", "Contact about Work", "Check of Identity", "Emergency"];

frappe.ui.form.on("Staff Member", {
	setup(frm) {
		for (const field of ["department", "manager"]) {
			frm.set_query(field, () => ({ filters: { project: frm.doc.project } }));
		}
		frm.set_query("user", () => ({ filters: { user_type: "System User", enabled: 1 } }));
	},

	refresh(frm) {
		const may_write = Boolean(frm.perm[0] && frm.perm[0].write);
		frm.toggle_display(["new_mobile", "new_id_number", "new_bank_account", "new_emergency_phone"], may_write);
		frm.set_df_property("status", "read_only", frm.is_new() ? 0 : 1);
		if (frm.is_new()) return;
		for (const [fieldname, label] of [
			["mobile", __("Full Mobile Number")],
			["id_number", __("Full ID Number")],
			["bank_account", __("Full Bank Account")],
			["emergency_phone", __("Full Emergency Phone")],
		]) {
			if (frm.doc[fieldname]) frm.add_custom_button(label, () => reveal(frm, fieldname), __("Reveal"));
		}
		if (may_write && frappe.model.can_create("Personnel Action") && frm.doc.status !== "Departed") {
			frm.add_custom_button(__("Personnel Action"), () =>
				frappe.new_doc("Personnel Action", {
					project: frm.doc.project,
					staff: frm.doc.name,
					action_kind: frm.doc.status === "Joining" ? "Hire" : "Post Transfer",
				})
			);
		}
	},
});

function reveal(frm, fieldname) {
	frappe.prompt(
		[
			{
				fieldname: "purpose",
				fieldtype: "Select",
				label: __("Purpose"),
				options: PURPOSES.map((value) => ({ value, label: __(value) })),
				reqd: 1,
				description: __("The access is recorded with your name."),
			},
		],
		async ({ purpose }) => {
			const value = await frappe.xcall("kefu_property.workforce.personal_data.reveal", {
				staff: frm.doc.name,
				fieldname,
				purpose,
			});
			frappe.msgprint({
				title: frm.doc.staff_name,
				message: `<span class="h4">${frappe.utils.escape_html(value)}</span>`,
				indicator: "blue",
			});
		},
		__("Reveal"),
		__("Reveal")
	);
}
