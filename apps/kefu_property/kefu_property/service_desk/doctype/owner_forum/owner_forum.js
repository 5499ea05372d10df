/* global kefu */
frappe.ui.form.on("Owner Forum", {
	setup(frm) {
		frm.set_query("resident", "invitations", () => ({ filters: { project: frm.doc.project, disabled: 0 } }));
		frm.set_query("resident", "opinions", () => ({ filters: { project: frm.doc.project, disabled: 0 } }));
		frm.set_query("unit", "invitations", () => ({ filters: { project: frm.doc.project } }));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		if (["Planned", "Invited"].includes(frm.doc.status)) {
			frm.add_custom_button(__("Add Owners"), () => {
				frappe.prompt(
					{
						fieldname: "building",
						fieldtype: "Link",
						options: "Property Building",
						label: __("Building"),
						description: __("Empty: all owners of the project"),
						get_query: () => ({ filters: { project: frm.doc.project } }),
					},
					async ({ building }) => {
						const added = await frappe.xcall("kefu_property.service_desk.forums.add_residents", {
							forum: frm.doc.name,
							building,
						});
						frappe.show_alert({ message: __("{0} added", [added]), indicator: "green" });
						frm.reload_doc();
					},
					__("Add Owners")
				);
			});
		}
		if (["Held", "Published"].includes(frm.doc.status)) {
			kefu.cases.propose(frm);
		}
	},
});
