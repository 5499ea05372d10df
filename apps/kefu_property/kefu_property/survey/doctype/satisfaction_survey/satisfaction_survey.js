frappe.ui.form.on("Satisfaction Survey", {
	setup(frm) {
		frm.set_query("building", "audience_buildings", () => ({ filters: { project: frm.doc.project } }));
		frm.set_query("audience_buildings", () => ({ filters: { project: frm.doc.project } }));
		frm.set_query("survey_template", () => ({ filters: { disabled: 0 } }));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		if (frm.doc.below_threshold) {
			frm.dashboard.set_headline(__("Satisfaction is below what is wanted."), "red");
		}
		if (["Draft", "Pending Approval", "Approved"].includes(frm.doc.status)) {
			frm.add_custom_button(__("Count the Audience"), () => count_audience(frm));
			return;
		}
		frm.add_custom_button(__("Results"), () => frappe.set_route("survey-results", frm.doc.name));
		if (frm.doc.status === "Open") frm.add_custom_button(__("Enter by Phone"), () => enter_by_phone(frm));
	},
});

async function count_audience(frm) {
	const { message } = await frm.call("count_audience");
	frappe.msgprint(__("{0} homes and {1} people would be asked.", [message.homes, message.people]));
}

function enter_by_phone(frm) {
	const in_project = () => ({ filters: { project: frm.doc.project } });
	const fields = [
		{
			fieldname: "unit",
			fieldtype: "Link",
			options: "Property Unit",
			label: __("Home"),
			reqd: 1,
			get_query: in_project,
		},
	];
	if (!frm.doc.one_per_home) {
		fields.push({
			fieldname: "resident",
			fieldtype: "Link",
			options: "Resident",
			label: __("Resident"),
			reqd: 1,
			get_query: in_project,
		});
	}
	frappe.prompt(
		fields,
		async (values) => {
			const { message } = await frm.call("phone_entry", values);
			window.open(message);
		},
		__("Enter by Phone"),
		__("Open Questionnaire")
	);
}
