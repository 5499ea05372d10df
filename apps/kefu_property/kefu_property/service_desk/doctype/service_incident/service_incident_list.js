frappe.listview_settings["Service Incident"] = {
	get_indicator: (doc) => [__(doc.status), doc.status === "Open" ? "red" : "green", `status,=,${doc.status}`],
};
