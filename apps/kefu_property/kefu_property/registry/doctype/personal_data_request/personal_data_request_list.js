frappe.listview_settings["Personal Data Request"] = {
	get_indicator(doc) {
		const colours = { Received: "blue", Done: "green", Refused: "red" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
