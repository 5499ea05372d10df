frappe.ui.form.on("Key Handover", {
	setup(frm) {
		frm.set_query("unit", () => ({ filters: { project: frm.doc.project } }));
		frm.set_query("resident", () => ({ filters: { project: frm.doc.project } }));
		frm.set_query("property_key", "items", () => ({
			filters: {
				unit: frm.doc.unit,
				status: frm.doc.direction === "To the Resident" ? "In Cabinet" : "Handed Over",
			},
		}));
	},

	async unit(frm) {
		if (!frm.doc.unit || (frm.doc.items || []).length) return;
		const keys = await frappe.db.get_list("Property Key", {
			filters: {
				unit: frm.doc.unit,
				status: frm.doc.direction === "To the Resident" ? "In Cabinet" : "Handed Over",
			},
			fields: ["name", "key_code", "key_name"],
			order_by: "key_code",
			limit: 50,
		});
		for (const key of keys) {
			frm.add_child("items", { property_key: key.name, key_code: key.key_code, key_name: key.key_name });
		}
		frm.refresh_field("items");
	},
});
