frappe.listview_settings["Key Handover"] = {
	add_fields: ["direction"],
	has_indicator_for_draft: true,
	has_indicator_for_cancelled: true,
	get_indicator(doc) {
		if (doc.docstatus === 0) return [__("Draft"), "gray", "docstatus,=,0"];
		if (doc.docstatus === 2) return [__("Cancelled"), "gray", "docstatus,=,2"];
		const colour = doc.direction === "To the Resident" ? "green" : "blue";
		return [__(doc.direction), colour, `direction,=,${doc.direction}`];
	},
};
