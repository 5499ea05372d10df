frappe.listview_settings["Issued Document"] = {
	add_fields: ["workflow_state", "document_number", "readers", "readers_done", "urgency"],
	has_indicator_for_draft: true,
	hide_name_column: true,
	get_indicator(doc) {
		const state = doc.workflow_state || "Draft";
		const unread = (doc.readers || 0) - (doc.readers_done || 0);
		if (state === "Formally Issued" && unread > 0) {
			return [__("Issued, {0} unread", [unread]), "blue", "workflow_state,=,Formally Issued"];
		}
		const colours = {
			Draft: "gray",
			"Pending Review": "orange",
			"Pending Approval": "orange",
			Approved: "blue",
			"Formally Issued": "green",
			Withdrawn: "red",
		};
		return [__(state), colours[state] || "gray", `workflow_state,=,${state}`];
	},
};
