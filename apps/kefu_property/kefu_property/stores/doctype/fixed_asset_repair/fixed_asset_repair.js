frappe.ui.form.on("Fixed Asset Repair", {
	setup(frm) {
		frm.set_query("asset", () => ({
			filters: { project: frm.doc.project, status: ["in", ["In Use", "Idle"]] },
		}));
	},

	refresh(frm) {
		if (frm.is_new() || frm.doc.status === "Done" || !frm.perm[0].write) return;
		frm.add_custom_button(__("Finish"), () => {
			frappe.prompt(
				[
					{
						fieldname: "finished_on",
						fieldtype: "Date",
						label: __("Finished On"),
						reqd: 1,
						default: frappe.datetime.get_today(),
					},
					{ fieldname: "cost", fieldtype: "Currency", label: __("Cost"), default: frm.doc.cost },
					{ fieldname: "result", fieldtype: "Small Text", label: __("Result"), reqd: 1 },
				],
				(values) => frm.call("finish", values).then(() => frm.reload_doc()),
				__("Finish")
			);
		}).addClass("btn-primary");
	},
});
