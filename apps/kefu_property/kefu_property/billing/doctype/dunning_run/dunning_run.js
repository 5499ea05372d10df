frappe.ui.form.on("Dunning Run", {
	setup(frm) {
		frm.set_query("building", () => ({ filters: { project: frm.doc.project } }));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		const state = frm.doc.workflow_state;
		if (["Draft", "Previewed"].includes(state) && frm.perm[0].write) {
			frm.add_custom_button(__("Preview"), async () => {
				if (frm.is_dirty()) await frm.save();
				await frappe.xcall("kefu_property.billing.dunning.preview", { run: frm.doc.name });
				frm.reload_doc();
			});
		}
		if (state === "Approved" && frm.doc.demand_count + frm.doc.legal_count > 0) {
			frm.add_custom_button(__("Letters as PDF"), () => kefu_letters(frm));
		}
	},
});

function kefu_letters(frm) {
	frappe.prompt(
		[
			{
				fieldname: "building",
				fieldtype: "Link",
				options: "Property Building",
				label: __("Building"),
				description: __("Empty: the whole run, in the order of buildings"),
				get_query: () => ({ filters: { project: frm.doc.project } }),
			},
		],
		(values) => {
			const query = new URLSearchParams({ run: frm.doc.name, building: values.building || "" });
			window.open(`/api/method/kefu_property.billing.dunning_papers.letters?${query}`);
		},
		__("Letters as PDF"),
		__("Open")
	);
}
