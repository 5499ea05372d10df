frappe.listview_settings["Store Movement"] = {
	add_fields: ["kind", "docstatus"],
	get_indicator(doc) {
		const colours = {
			"Goods Receipt": "green",
			"Goods Issue": "blue",
			"Stock Transfer": "purple",
			"Goods Return": "orange",
		};
		if (doc.docstatus === 0) return [__("Draft"), "gray", "docstatus,=,0"];
		if (doc.docstatus === 2) return [__("Cancelled"), "gray", "docstatus,=,2"];
		return [__(doc.kind), colours[doc.kind], `kind,=,${doc.kind}`];
	},
};
