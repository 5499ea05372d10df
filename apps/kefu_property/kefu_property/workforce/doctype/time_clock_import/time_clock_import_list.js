frappe.listview_settings["Time Clock Import"] = {
	add_fields: ["status", "rows_refused"],
	get_indicator(doc) {
		if (doc.status === "Checked" && doc.rows_refused) return [__("Rows Refused"), "red", "status,=,Checked"];
		const colours = { Draft: "gray", Checked: "blue", Imported: "green" };
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},
};
