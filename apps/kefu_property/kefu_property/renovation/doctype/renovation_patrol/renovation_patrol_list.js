frappe.listview_settings["Renovation Patrol"] = {
	add_fields: ["result"],
	get_indicator(doc) {
		return [__(doc.result), doc.result === "Problems" ? "red" : "green", `result,=,${doc.result}`];
	},
};
