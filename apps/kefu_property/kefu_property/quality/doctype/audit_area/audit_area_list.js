frappe.listview_settings["Audit Area"] = {
	add_fields: ["disabled"],
	get_indicator: (doc) =>
		doc.disabled ? [__("Disabled"), "gray", "disabled,=,1"] : [__("Enabled"), "green", "disabled,=,0"],
	onload(list) {
		if (!frappe.model.can_create("Audit Area")) return;
		list.page.add_inner_button(__("Add the Usual Departments"), () =>
			frappe.prompt(
				{ fieldname: "project", fieldtype: "Link", options: "Property Project", label: __("Project"), reqd: 1 },
				async ({ project }) => {
					await frappe.xcall("kefu_property.quality.doctype.audit_area.audit_area.add_usual", { project });
					list.refresh();
				},
				__("Add the Usual Departments"),
				__("Add")
			)
		);
	},
};
