frappe.listview_settings["External Organisation"] = {
	add_fields: ["next_visit", "disabled"],
	get_indicator(doc) {
		if (doc.disabled) return [__("Disabled"), "gray", "disabled,=,1"];
		const due = doc.next_visit && doc.next_visit < frappe.datetime.get_today();
		return due
			? [__("Visit Due"), "orange", "next_visit,is,set|next_visit,<,Today|disabled,=,0"]
			: [__("In Contact"), "green", "disabled,=,0"];
	},
};
