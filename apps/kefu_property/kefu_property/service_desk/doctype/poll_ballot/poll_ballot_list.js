frappe.listview_settings["Poll Ballot"] = {
	add_fields: ["choice"],
	get_indicator(doc) {
		const colours = { For: "green", Against: "red", Abstain: "gray" };
		if (!doc.choice) return [__("Not Voted"), "orange", "choice,=,"];
		return [__(doc.choice), colours[doc.choice], `choice,=,${doc.choice}`];
	},
};
