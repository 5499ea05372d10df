frappe.ui.form.on("Shift Handover", {
	setup(frm) {
		frm.set_query("post", () => ({ filters: { project: frm.doc.project, disabled: 0, needs_handover: 1 } }));
		frm.set_query("next_staff", () => ({ filters: { user_type: "System User", enabled: 1 } }));
	},

	refresh(frm) {
		if (frm.is_new() || frm.doc.docstatus) return;
		const state = frm.doc.workflow_state;
		const late = frm.doc.due_on && frm.doc.due_on < frappe.datetime.now_datetime();
		if (late) frm.dashboard.set_headline(__("The handover is late."), "red");
		const mine = frm.doc.on_duty === frappe.session.user;
		if (state === "On Duty" && frm.perm[0].write) {
			frm.add_custom_button(__("Fill the Sheet"), () => fill(frm));
			if (mine) frm.add_custom_button(__("Sign and Hand Over"), () => hand_over(frm)).addClass("btn-primary");
		}
		if (state === "Waiting for Takeover" && !mine && frm.perm[0].submit) {
			frm.add_custom_button(__("Check and Take Over"), () => take_over(frm)).addClass("btn-primary");
		}
	},
});

async function fill(frm) {
	if (frm.is_dirty()) await frm.save();
	await frm.call("refresh_lines");
	frm.reload_doc();
}

async function hand_over(frm) {
	if (frm.is_dirty()) await frm.save();
	const dialog = new frappe.ui.Dialog({
		title: __("Sign and Hand Over"),
		fields: [
			{
				fieldname: "next_staff",
				fieldtype: "Link",
				options: "User",
				label: __("Next on Duty"),
				default: frm.doc.next_staff,
			},
			{ fieldname: "signature", fieldtype: "Signature", label: __("Signature"), reqd: 1 },
		],
		primary_action_label: __("Hand Over Shift"),
		async primary_action(values) {
			await frm.call("sign_over", values);
			dialog.hide();
			frm.reload_doc();
		},
	});
	dialog.show();
}

function take_over(frm) {
	const open = frm.doc.lines.filter((row) => row.tone !== "green" && !row.checked && !row.remark);
	const dialog = new frappe.ui.Dialog({
		title: __("Check and Take Over"),
		fields: [
			...open.map((row) => ({
				fieldname: row.name,
				fieldtype: "Check",
				label: `${row.section}: ${row.subject}`,
				description: frappe.utils.escape_html(row.details || ""),
			})),
			{ fieldname: "objection", fieldtype: "Small Text", label: __("Remarks at Takeover") },
			{ fieldname: "signature", fieldtype: "Signature", label: __("Signature"), reqd: 1 },
		],
		primary_action_label: __("Take Over Shift"),
		async primary_action(values) {
			const answer = await frm.call("take_over", {
				signature: values.signature,
				objection: values.objection,
				checked: open.filter((row) => values[row.name]).map((row) => row.name),
			});
			dialog.hide();
			frappe.show_alert({ message: __("Taken over. Your own sheet has begun."), indicator: "green" });
			frappe.set_route("Form", "Shift Handover", answer.message);
		},
	});
	dialog.show();
}
