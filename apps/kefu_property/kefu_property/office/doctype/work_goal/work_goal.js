frappe.ui.form.on("Work Goal", {
	setup(frm) {
		frm.set_query("parent_goal", () => ({
			filters: { project: frm.doc.project, name: ["!=", frm.doc.name], workflow_state: ["!=", "Closed"] },
		}));
		frm.set_query("responsible", () => ({ filters: { user_type: "System User", enabled: 1 } }));
	},

	async onload(frm) {
		if (frm.is_new() && !frm.doc.responsible) frm.set_value("responsible", frappe.session.user);
		const measures = await frappe.xcall("kefu_property.office.goals.get_measures");
		frm.set_df_property("measure", "options", measures);
		frm.get_field("measure").set_data?.(measures);
	},

	refresh(frm) {
		if (frm.is_new()) return;
		const colours = { Achieved: "green", "On Track": "blue", Behind: "orange", "Not Achieved": "red" };
		const live = ["In Force", "Closed"].includes(frm.doc.workflow_state);
		if (live) {
			frm.dashboard.add_progress(__("Progress"), [
				{
					title: `${frm.doc.progress} %`,
					width: `${frm.doc.progress}%`,
					progress_class: frm.doc.tone === "Not Achieved" ? "progress-bar-danger" : "progress-bar-success",
				},
			]);
			frm.dashboard.add_indicator(__(frm.doc.tone), colours[frm.doc.tone]);
		}
		frm.add_custom_button(__("Add Part"), () => add_part(frm));
		frm.add_custom_button(__("Show in Plan"), () =>
			frappe.set_route("query-report", "Goal Progress", { project: frm.doc.project })
		);
		if (frm.doc.workflow_state === "In Force" && frm.doc.source === "By Hand") {
			frm.add_custom_button(__("Report Progress"), () => report(frm)).addClass("btn-primary");
		}
	},
});

const NEXT = { Year: "Quarter", Quarter: "Month", Month: "Week", Week: "Day", Day: "Day" };

function add_part(frm) {
	frappe.new_doc("Work Goal", {
		project: frm.doc.project,
		parent_goal: frm.doc.name,
		period_kind: NEXT[frm.doc.period_kind],
		starts_on: frm.doc.starts_on,
		title: frm.doc.title,
		source: frm.doc.source === "From Parts" ? "By Hand" : frm.doc.source,
		measure: frm.doc.measure,
		better: frm.doc.better,
		unit: frm.doc.unit,
	});
}

function report(frm) {
	frappe.prompt(
		[
			{
				fieldname: "actual",
				fieldtype: "Float",
				label: frm.doc.unit ? `${__("Achieved")} (${frm.doc.unit})` : __("Achieved"),
				default: frm.doc.actual,
				reqd: 1,
			},
			{ fieldname: "note", fieldtype: "Small Text", label: __("Remarks") },
		],
		async (values) => {
			await frm.call("report_progress", values);
			frm.reload_doc();
		},
		__("Report Progress"),
		__("Save")
	);
}
