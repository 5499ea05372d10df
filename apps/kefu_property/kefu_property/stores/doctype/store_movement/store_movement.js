frappe.ui.form.on("Store Movement", {
	setup(frm) {
		const of_project = () => ({ filters: { project: frm.doc.project, disabled: 0 } });
		frm.set_query("store", of_project);
		frm.set_query("to_store", of_project);
		frm.set_query("department", of_project);
		frm.set_query("item", "items", () => ({ filters: { disabled: 0 } }));
		frm.set_query("return_of", () => ({ filters: { kind: "Goods Issue", docstatus: 1, store: frm.doc.store } }));
		frm.set_query("purchase_request", () => ({
			filters: { project: frm.doc.project, status: ["in", ["Approved", "Partly Received"]] },
		}));
	},

	refresh(frm) {
		if (frm.doc.docstatus === 0) frm.add_custom_button(__("Scan"), () => scan_items(frm));
		if (frm.doc.docstatus === 1 && frm.doc.kind === "Goods Issue" && frappe.model.can_create("Store Movement")) {
			frm.add_custom_button(__("Return Goods"), () => return_goods(frm));
		}
	},
});

async function return_goods(frm) {
	const items = await frappe.xcall("kefu_property.stores.doctype.store_movement.store_movement.items_to_return", {
		movement: frm.doc.name,
	});
	if (!items.length) {
		frappe.msgprint(__("Everything of this issue came back already."));
		return;
	}
	frappe.new_doc("Store Movement", {}, (doc) => {
		Object.assign(doc, {
			kind: "Goods Return",
			project: frm.doc.project,
			store: frm.doc.store,
			return_of: frm.doc.name,
			department: frm.doc.department,
		});
		doc.items = [];
		for (const item of items) Object.assign(frappe.model.add_child(doc, "items"), item);
	});
}

function scan_items(frm) {
	const dialog = new frappe.ui.Dialog({
		title: __("Scan"),
		fields: [
			{ fieldname: "code", fieldtype: "Data", label: __("Scan or type a barcode, then Enter") },
			{ fieldname: "log", fieldtype: "HTML" },
		],
		primary_action_label: __("Close"),
		primary_action: () => dialog.hide(),
	});
	dialog.fields_dict.code.$input.on("keydown", async (event) => {
		if (event.key !== "Enter") return;
		event.preventDefault();
		event.stopPropagation();
		const code = event.target.value.trim();
		event.target.value = "";
		if (!code) return;
		const item = await frappe.xcall("kefu_property.stores.doctype.store_movement.store_movement.item_of_code", {
			code,
		});
		$("<div></div>")
			.addClass(item ? "text-success" : "text-danger")
			.text(item ? __("{0} added", [item]) : __("No item has the code {0}", [code]))
			.prependTo(dialog.fields_dict.log.$wrapper);
		if (!item) return;
		let row = (frm.doc.items || []).find((line) => line.item === item);
		if (row) {
			frappe.model.set_value(row.doctype, row.name, "quantity", row.quantity + 1);
		} else {
			row = (frm.doc.items || []).find((line) => !line.item) || frm.add_child("items");
			await frappe.model.set_value(row.doctype, row.name, { item, quantity: 1 });
		}
		frm.refresh_field("items");
	});
	dialog.show();
}
