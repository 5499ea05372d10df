frappe.ui.form.on("Issued Document", {
	setup(frm) {
		const own = () => ({ filters: { project: frm.doc.project } });
		frm.set_query("reader_group", "recipients", () => ({ filters: { project: frm.doc.project, disabled: 0 } }));
		frm.set_query("user", "recipients", () => ({ filters: { user_type: "System User", enabled: 1 } }));
		frm.set_query("kind", () => ({ filters: { disabled: 0 } }));
		frm.set_query("template", () => ({
			filters: { disabled: 0, ...(frm.doc.kind ? { kind: frm.doc.kind } : {}) },
		}));
		frm.set_query("incoming_letter", own);
	},

	async refresh(frm) {
		if (frm.is_new()) return;
		if (frm.doc.docstatus === 0) {
			frm.add_custom_button(__("Ask for a Seal"), () =>
				frappe.new_doc("Seal Request", {
					project: frm.doc.project,
					issued_document: frm.doc.name,
					paper_title: frm.doc.subject,
				})
			);
			return;
		}
		if (frm.doc.workflow_state === "Withdrawn") {
			frm.dashboard.set_headline(
				__("Withdrawn: {0}", [frappe.utils.escape_html(frm.doc.withdrawal_reason || "")]),
				"red"
			);
		}
		if (!frm.doc.replaced_by) {
			frm.add_custom_button(__("Replace"), async () => {
				const { message } = await frm.call("make_replacement");
				frappe.set_route("Form", "Issued Document", message);
			});
		}
		const { message: reading } = await frm.call("my_reading");
		if (reading === "Unread" && frm.doc.workflow_state === "Formally Issued") {
			frm.add_custom_button(__("I Have Read This"), async () => {
				await frm.call("confirm_reading");
				frappe.show_alert({ message: __("Thank you. Your reading is noted."), indicator: "green" });
				frm.reload_doc();
			}).addClass("btn-primary");
		}
	},

	async template(frm) {
		if (!frm.doc.template || !frm.doc.project) return;
		const { message } = await frm.call("fill_from_template");
		frm.set_value(message);
	},

	before_workflow_action(frm) {
		if (frm.selected_workflow_action !== "Withdraw") return;
		frappe.dom.unfreeze();
		return new Promise((resolve, reject) => {
			const dialog = frappe.prompt(
				{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason for Withdrawal"), reqd: 1 },
				({ reason }) => frm.call("note_withdrawal", { reason }).then(resolve, reject),
				__("Withdraw the Document"),
				__("Withdraw")
			);
			dialog.onhide = () => frappe.dom.unfreeze();
		});
	},
});
