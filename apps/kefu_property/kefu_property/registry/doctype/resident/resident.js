frappe.ui.form.on("Resident", {
	refresh(frm) {
		frm.set_df_property("new_phone", "hidden", Boolean(frm.doc.disabled));
		frm.set_df_property("new_id_number", "hidden", Boolean(frm.doc.disabled));
		if (frm.is_new() || frm.doc.disabled) {
			return;
		}
		if (frm.doc.phone_masked) {
			frm.add_custom_button(__("Full Phone"), () => reveal(frm, "phone"), __("Reveal"));
		}
		if (frm.doc.id_masked) {
			frm.add_custom_button(__("Full ID Number"), () => reveal(frm, "id_number"), __("Reveal"));
		}
		(frm.doc.contacts || [])
			.filter((row) => row.phone_masked)
			.forEach((row) => {
				const label = __("Phone of {0}", [row.contact_name]);
				frm.add_custom_button(label, () => reveal(frm, "contact_phone", row.name), __("Reveal"));
			});
		if (frm.perm[0] && frm.perm[0].write) {
			frm.add_custom_button(
				frm.doc.user ? __("New Password Link") : __("Invite to Portal"),
				() => invite(frm),
				__("Portal")
			);
			if (frm.doc.user) {
				frm.add_custom_button(__("Withdraw Portal Login"), () => withdraw(frm), __("Portal"));
			}
			frm.add_custom_button(__("Merge into Another"), () =>
				frappe.new_doc("Resident Merge", { project: frm.doc.project, merged: frm.doc.name })
			);
		}
	},
});

function reveal(frm, fieldname, contact) {
	frappe.xcall("kefu_property.registry.personal_data.purposes_of", { resident: frm.doc.name }).then((purposes) => {
		const dialog = new frappe.ui.Dialog({
			title: __("Reveal"),
			fields: [
				{
					fieldname: "purpose",
					fieldtype: "Select",
					label: __("Purpose"),
					options: purposes,
					reqd: 1,
					description: __("The access is recorded with your name."),
				},
			],
			primary_action_label: __("Reveal"),
			primary_action(values) {
				dialog.hide();
				frappe
					.xcall("kefu_property.registry.personal_data.reveal", {
						resident: frm.doc.name,
						fieldname,
						contact,
						purpose: values.purpose,
					})
					.then((value) =>
						frappe.msgprint({
							title: frm.doc.resident_name,
							message: `<span class="h4">${frappe.utils.escape_html(value)}</span>`,
							indicator: "blue",
						})
					);
			},
		});
		dialog.show();
	});
}

function invite(frm) {
	frappe.xcall("kefu_property.registry.portal_access.invite", { resident: frm.doc.name }).then((link) => {
		frm.reload_doc();
		frappe.msgprint({
			title: __("Portal Login"),
			message: `${__("Hand this link to the resident. It sets a password once.")}
				<br><br><code>${frappe.utils.escape_html(link)}</code>`,
			indicator: "green",
		});
	});
}

function withdraw(frm) {
	frappe.confirm(__("Take the portal login of {0} away?", [frm.doc.resident_name]), () =>
		frappe
			.xcall("kefu_property.registry.portal_access.withdraw", { resident: frm.doc.name })
			.then(() => frm.reload_doc())
	);
}
