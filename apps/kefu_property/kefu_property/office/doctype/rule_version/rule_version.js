frappe.ui.form.on("Rule Version", {
	setup(frm) {
		frm.set_query("rule", () => ({ filters: { repealed: 0 } }));
	},

	async refresh(frm) {
		if (frm.doc.docstatus !== 1) return;
		const { message: state } = await frm.call("my_acknowledgement");
		if (state === "To Be Acknowledged") {
			frm.add_custom_button(__("Acknowledge"), () => acknowledge(frm)).addClass("btn-primary");
			frm.dashboard.set_headline(__("Please read this rule and acknowledge it."), "orange");
		}
	},
});

async function acknowledge(frm) {
	const { message: questions } = await frm.call("questions");
	const fields = (questions || []).map((row, at) => ({
		fieldname: `question_${at}`,
		fieldtype: "Select",
		label: `${at + 1}. ${row.question}`,
		options: ["", ...row.answers],
		reqd: 1,
	}));
	fields.push({
		fieldname: "agreed",
		fieldtype: "Check",
		label: __("I have read the rule and will keep it."),
		reqd: 1,
	});
	const dialog = new frappe.ui.Dialog({
		title: frm.doc.rule_title,
		fields,
		primary_action_label: __("Acknowledge"),
		async primary_action(values) {
			if (!values.agreed) return;
			const answers = (questions || []).map((row, at) => row.answers.indexOf(values[`question_${at}`]) + 1);
			const { message: wrong } = await frm.call("acknowledge", { answers });
			if (wrong && wrong.length) {
				frappe.show_alert({
					message: __("Not right: question {0}. Read the rule again and answer once more.", [
						wrong.join(", "),
					]),
					indicator: "orange",
				});
				return;
			}
			dialog.hide();
			frappe.show_alert({ message: __("Your acknowledgement is noted."), indicator: "green" });
			frm.reload_doc();
		},
	});
	dialog.show();
}
