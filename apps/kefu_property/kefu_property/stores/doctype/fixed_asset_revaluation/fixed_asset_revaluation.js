frappe.ui.form.on("Fixed Asset Revaluation", {
	setup(frm) {
		frm.set_query("asset", () => ({
			filters: { project: frm.doc.project, status: ["in", ["In Use", "Idle", "Under Repair"]] },
		}));
	},
});
