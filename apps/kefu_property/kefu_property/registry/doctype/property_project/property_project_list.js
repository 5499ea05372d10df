frappe.listview_settings["Property Project"] = {
	get_indicator(doc) {
		const colours = { Preparing: "orange", "In Service": "green", "Handed Over": "gray" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
