frappe.listview_settings["Outgoing Message"] = {
	get_indicator(doc) {
		const colours = { Sent: "green", Kept: "gray", Failed: "red" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
