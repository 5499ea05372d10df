// Notes and coins are offered in a list that is ready to count; expected figures come from the server at every save.
const KEFU_NOTES = ["100", "50", "20", "10", "5", "1", "0.5", "0.1"];

frappe.ui.form.on("Till Closing", {
	onload(frm) {
		if (!frm.is_new()) return;
		if (!frm.doc.cashier) frm.set_value("cashier", frappe.session.user);
		if (!(frm.doc.cash || []).length) {
			KEFU_NOTES.forEach((denomination) => frm.add_child("cash", { denomination, pieces: 0 }));
			frm.refresh_field("cash");
		}
	},
	refresh(frm) {
		frm.set_df_property("modes", "cannot_add_rows", true);
		frm.set_df_property("modes", "cannot_delete_rows", true);
		if (frm.is_new()) frm.set_intro(__("Save to see what the receipts of the day say."), "blue");
		else if (frm.doc.docstatus === 1 && !frm.doc.bank_date && frm.doc.to_bank > 0)
			frm.set_intro(__("The cash has not been taken to the bank yet."), "orange");
	},
});

frappe.ui.form.on("Till Closing Cash", {
	pieces(frm, cdt, cdn) {
		const row = locals[cdt][cdn];
		const cents = Math.round(Number(row.denomination) * 100) * cint(row.pieces);
		frappe.model.set_value(cdt, cdn, "amount", cents / 100);
	},
});
