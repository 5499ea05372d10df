frappe.ui.form.on("Project Takeover", {
	setup(frm) {
		const own = () => ({ filters: { project: frm.doc.project } });
		frm.set_query("building", own);
		frm.set_query("contractor", "lines", () => ({ filters: { project: frm.doc.project, disabled: 0 } }));
		frm.set_query("takeover_item", "lines", () => ({
			filters: { item_group: ["!=", "Papers of the Project"], disabled: 0 },
		}));
		frm.set_query("takeover_item", "papers", () => ({
			filters: { item_group: "Papers of the Project", disabled: 0 },
		}));
	},

	refresh(frm) {
		if (frm.is_new()) {
			frm.set_intro(__("Save to get all items and documents of the office's list."), "blue");
			return;
		}
		if (frm.doc.docstatus === 0 && frm.perm[0].write) {
			frm.add_custom_button(__("All Open Items Passed"), () => {
				for (const row of frm.doc.lines) row.result = row.result || "Passed";
				frm.refresh_field("lines");
				frm.dirty();
			});
		}
		if (frm.doc.docstatus === 1) {
			frm.add_custom_button(__("Defects"), () =>
				frappe.set_route("List", "Handover Defect", { takeover: frm.doc.name })
			);
		}
	},
});
