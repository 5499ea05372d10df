frappe.ui.form.on("Facility Maintenance", {
	setup(frm) {
		frm.set_query("facility", () => ({ filters: { project: frm.doc.project, status: ["!=", "Scrapped"] } }));
	},

	labour_cost: add_cost,
	parts_cost: add_cost,
});

function add_cost(frm) {
	frm.set_value("cost", flt(frm.doc.labour_cost) + flt(frm.doc.parts_cost));
}
