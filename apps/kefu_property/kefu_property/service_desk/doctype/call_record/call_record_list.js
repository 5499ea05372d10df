frappe.listview_settings["Call Record"] = {
	hide_name_column: true,
	add_fields: ["status", "callback_state", "direction"],
	get_indicator(doc) {
		if (doc.callback_state === "Due") return [__("Call Back Due"), "red", "callback_state,=,Due"];
		const colour = { Ringing: "orange", "In Call": "blue", Answered: "green", Unanswered: "gray" }[doc.status];
		return [__(doc.status), colour || "gray", `status,=,${doc.status}`];
	},
	onload(list) {
		list.page.add_inner_button(__("Missed Calls"), () =>
			list.filter_area.add([["Call Record", "callback_state", "=", "Due"]])
		);
	},
};
