frappe.ui.form.on("Move Request", {
	setup(frm) {
		const of_project = () => ({ filters: { project: frm.doc.project || "", disabled: 0 } });
		frm.set_query("unit", of_project);
		frm.set_query("new_payer", of_project);
		frm.set_query("resident", "incoming", of_project);
		frm.set_query("occupancy", "leaving", () => ({
			filters: { unit: frm.doc.unit || "", status: ["!=", "Ended"] },
		}));
	},
	refresh(frm) {
		if (frm.is_new() || frm.doc.docstatus !== 0) {
			return;
		}
		frm.add_custom_button(__("Check Again"), () =>
			frappe
				.xcall("kefu_property.registry.doctype.move_request.move_request.refresh", { name: frm.doc.name })
				.then(() => frm.reload_doc())
		);
		const blocked = (frm.doc.checks || []).filter((row) => row.status === "blocked");
		if (blocked.length) {
			frm.dashboard.set_headline(
				__("{0} checks are blocked. The request cannot be approved before they are settled or waived.", [
					blocked.length,
				]),
				"red"
			);
			if (frappe.user.has_role("Office Director")) {
				frm.add_custom_button(__("Waive a Check"), () => waive(frm, blocked));
			}
		}
	},
	unit(frm) {
		propose_leaving(frm);
	},
	move_type(frm) {
		propose_leaving(frm);
	},
	effective_date(frm) {
		propose_leaving(frm);
	},
});

const ENDING = {
	"Ownership Transfer": ["Owner", "Co-owner", "Developer", "Family"],
	"Move-in": ["Developer"],
	"New Tenant": ["Tenant"],
	"Move-out": [],
};

function propose_leaving(frm) {
	if (!frm.is_new() || !frm.doc.unit || !frm.doc.effective_date) {
		return;
	}
	frappe
		.xcall("kefu_property.registry.doctype.move_request.move_request.people_of", {
			unit: frm.doc.unit,
			on_date: frm.doc.effective_date,
		})
		.then((rows) => {
			frm.clear_table("leaving");
			rows.filter((row) => ENDING[frm.doc.move_type].includes(row.relation)).forEach((row) =>
				frm.add_child("leaving", {
					occupancy: row.name,
					resident: row.resident,
					resident_name: row.resident_name,
					relation: row.relation,
					from_date: row.from_date,
				})
			);
			frm.refresh_field("leaving");
		});
}

function waive(frm, blocked) {
	const dialog = new frappe.ui.Dialog({
		title: __("Waive a Check"),
		fields: [
			{
				fieldname: "check_code",
				fieldtype: "Select",
				label: __("Check"),
				options: blocked.map((row) => ({ value: row.check_code, label: __(row.label) })),
				reqd: 1,
			},
			{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason of the Waiver"), reqd: 1 },
		],
		primary_action_label: __("Waive"),
		primary_action(values) {
			dialog.hide();
			frappe
				.xcall("kefu_property.registry.doctype.move_request.move_request.waive", {
					name: frm.doc.name,
					...values,
				})
				.then(() => frm.reload_doc());
		},
	});
	dialog.show();
}
