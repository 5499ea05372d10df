frappe.ui.form.on("Store Requisition", {
	setup(frm) {
		const of_project = () => ({ filters: { project: frm.doc.project, disabled: 0 } });
		frm.set_query("department", of_project);
		frm.set_query("store", of_project);
		frm.set_query("item", "items", () => ({ filters: { disabled: 0 } }));
	},

	refresh(frm) {
		const open = ["Approved", "Partly Issued"].includes(frm.doc.status);
		if (open && frappe.model.can_create("Store Movement")) {
			frm.add_custom_button(__("Issue Goods"), () => issue_dialog(frm)).addClass("btn-primary");
		}
	},
});

async function issue_dialog(frm) {
	const { message: rows } = await frm.call("open_items");
	const dialog = new frappe.ui.Dialog({
		title: __("Issue Goods"),
		fields: [
			{
				fieldname: "store",
				fieldtype: "Link",
				options: "Material Store",
				label: __("Store"),
				reqd: 1,
				default: rows.length ? rows[0].store : null,
				get_query: () => ({ filters: { project: frm.doc.project, disabled: 0 } }),
			},
			{ fieldname: "received_by", fieldtype: "Data", label: __("Received By") },
			{ fieldname: "items_section", fieldtype: "Section Break", label: __("Quantity to Issue") },
			...rows.map((row, index) => ({
				fieldname: `quantity_${index}`,
				fieldtype: "Float",
				label: `${row.item_name} (${row.unit})`,
				default: Math.max(Math.min(row.open, row.available), 0),
				description: __("Open {0}, in stock {1}", [row.open, row.available]),
			})),
		],
		primary_action_label: __("Issue Goods"),
		async primary_action(values) {
			const quantities = {};
			rows.forEach((row, index) => {
				if (values[`quantity_${index}`]) quantities[row.item] = values[`quantity_${index}`];
			});
			const { message: name } = await frm.call("issue", {
				quantities,
				store: values.store,
				received_by: values.received_by,
			});
			dialog.hide();
			await frm.reload_doc();
			frappe.show_alert({ message: __("Issued with {0}", [name]), indicator: "green" });
		},
	});
	dialog.show();
}
