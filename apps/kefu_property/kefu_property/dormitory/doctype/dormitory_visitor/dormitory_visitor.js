frappe.ui.form.on("Dormitory Visitor", {
	setup(frm) {
		if (frappe.user.has_role("Dormitory Warden")) {
			frm.set_query("staff", () => ({
				query: "kefu_property.dormitory.scope.search_staff",
				filters: { project: frm.doc.project, residents: 1 },
			}));
		}
		frm.set_query("building", () => ({ filters: { project: frm.doc.project } }));
	},

	refresh(frm) {
		if (frm.is_new() || frm.doc.status !== "Inside") return;
		frm.add_custom_button(__("Has Left"), async () => {
			await frm.call("leave");
			frm.reload_doc();
		}).addClass("btn-primary");
	},
});
