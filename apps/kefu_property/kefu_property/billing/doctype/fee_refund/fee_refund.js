frappe.ui.form.on("Fee Refund", {
	setup(frm) {
		frm.set_query("fee_deposit", () => ({
			filters: { project: frm.doc.project || "", status: ["in", ["Held", "Partly Returned"]] },
		}));
		frm.set_query("resident", () => ({ filters: { project: frm.doc.project || "" } }));
	},
	async fee_deposit(frm) {
		if (!frm.doc.fee_deposit) return;
		const { message } = await frappe.db.get_value("Fee Deposit", frm.doc.fee_deposit, [
			"project",
			"resident",
			"balance",
		]);
		await frm.set_value({
			project: message.project,
			resident: message.resident,
			available: message.balance,
			amount: message.balance,
		});
	},
});
