frappe.listview_settings["Handover Slot"] = {
	add_fields: ["capacity", "booked", "closed"],
	get_indicator(doc) {
		if (doc.closed) return [__("Closed"), "gray", "closed,=,1"];
		const left = doc.capacity - doc.booked;
		return left > 0 ? [__("{0} places left", [left]), "green", "closed,=,0"] : [__("Full"), "orange", "closed,=,0"];
	},
};
