frappe.ui.form.on("Dormitory Inspection", {
	setup(frm) {
		frm.set_query("building", () => ({ filters: { project: frm.doc.project } }));
		frm.set_query("room", "lines", () => ({ filters: { building: frm.doc.building } }));
	},

	refresh(frm) {
		if (frm.doc.docstatus || !frm.perm[0]?.write) return;
		frm.add_custom_button(__("Add All Rooms"), () => add_rooms(frm));
	},
});

async function add_rooms(frm) {
	if (!frm.doc.building) {
		frappe.show_alert({ message: __("Choose the building first."), indicator: "orange" });
		return;
	}
	const rooms = await frappe.db.get_list("Dormitory Room", {
		filters: { building: frm.doc.building },
		fields: ["name"],
		order_by: "name",
		limit: 0,
	});
	const have = new Set((frm.doc.lines || []).map((row) => row.room));
	frm.doc.lines = (frm.doc.lines || []).filter((row) => row.room);
	for (const room of rooms.filter(({ name }) => !have.has(name))) frm.add_child("lines", { room: room.name });
	frm.refresh_field("lines");
}
