frappe.listview_settings["Follow Up Task"] = {
	hide_name_column: true,
	add_fields: ["status", "result", "due_on"],
	filters: [["status", "=", "Open"]],
	get_indicator(doc) {
		if (doc.status === "Open") {
			const late = doc.due_on < frappe.datetime.get_today();
			return [late ? __("Overdue") : __("Open"), late ? "red" : "blue", "status,=,Open"];
		}
		if (doc.result) {
			const colour = { Satisfied: "green", "Partly Satisfied": "orange", Dissatisfied: "red" }[doc.result];
			return [__(doc.result), colour, `result,=,${doc.result}`];
		}
		return [__(doc.status), "gray", `status,=,${doc.status}`];
	},
};
