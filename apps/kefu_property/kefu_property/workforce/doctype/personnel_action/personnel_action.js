frappe.ui.form.on("Personnel Action", {
	setup(frm) {
		frm.set_query("staff", () => ({ filters: { project: frm.doc.project, status: ["!=", "Departed"] } }));
		const project = () => frm.doc.to_project || frm.doc.project;
		frm.set_query("to_department", () => ({ filters: { project: project(), disabled: 0 } }));
		frm.set_query("to_manager", () => ({
			filters: { project: project(), status: ["in", ["Probation", "At Work"]] },
		}));
		frm.set_query("to_post", () => ({ filters: { disabled: 0 } }));
	},

	async refresh(frm) {
		if (frm.doc.docstatus !== 1) return;
		const list = await frappe.db.get_value("Staff Checklist", { personnel_action: frm.doc.name }, [
			"name",
			"status",
		]);
		if (list.message && list.message.name) {
			frm.add_custom_button(__("Checklist"), () =>
				frappe.set_route("Form", "Staff Checklist", list.message.name)
			);
		}
		if (!frm.doc.applied) {
			frm.dashboard.set_headline(
				frm.doc.action_kind === "Departure"
					? __("Takes effect when the checklist is complete.")
					: __("Takes effect on {0}.", [frappe.datetime.str_to_user(frm.doc.effective_on)]),
				"blue"
			);
		}
	},
});
