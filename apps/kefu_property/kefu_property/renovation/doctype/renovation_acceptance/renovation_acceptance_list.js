frappe.listview_settings["Renovation Acceptance"] = {
	add_fields: ["result"],
	has_indicator_for_draft: true,
	get_indicator(doc) {
		if (doc.docstatus === 0) return [__("Draft"), "gray", "docstatus,=,0"];
		return [__(doc.result), doc.result === "Passed" ? "green" : "red", `result,=,${doc.result}`];
	},
};
