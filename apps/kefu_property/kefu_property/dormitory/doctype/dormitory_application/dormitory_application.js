frappe.ui.form.on("Dormitory Application", {
	setup(frm) {
		if (frappe.user.has_role("Dormitory Warden")) {
			frm.set_query("staff", () => ({
				query: "kefu_property.dormitory.scope.search_staff",
				filters: { project: frm.doc.project },
			}));
		}
		frm.set_query("bed", () => {
			const filters = { project: frm.doc.project, status: "Vacant" };
			if (frm.doc.building) filters.building = frm.doc.building;
			return { filters };
		});
		frm.set_query("building", () => ({ filters: { project: frm.doc.project, disabled: 0 } }));
	},

	async onload(frm) {
		if (!frm.is_new() || frm.doc.staff) return;
		const mine = await frappe.db.get_value("Staff Member", { user: frappe.session.user }, ["name", "project"]);
		if (mine.message?.name) {
			await frm.set_value("staff", mine.message.name);
			if (!frm.doc.project) await frm.set_value("project", mine.message.project);
		}
	},

	refresh(frm) {
		if (frm.doc.workflow_state === "Approved" && frappe.model.can_create("Dormitory Stay")) {
			const label = frm.doc.kind === "Change of Bed" ? __("Move Over") : __("Record Check-in");
			frm.add_custom_button(label, () =>
				frappe.new_doc("Dormitory Stay", {
					project: frm.doc.project,
					application: frm.doc.name,
					from_date: frappe.datetime.get_today(),
				})
			).addClass("btn-primary");
		}
		frm.toggle_reqd("bed", frm.doc.workflow_state === "Warden Review");
	},
});
