/* global kefu */
const HOTLINE = "kefu_property.service_desk.hotline.";

frappe.ui.form.on("Call Record", {
	setup(frm) {
		const of_project = () => ({ filters: frm.doc.project ? { project: frm.doc.project } : {} });
		frm.set_query("unit", of_project);
		frm.set_query("resident", of_project);
		// one key opens a case of the caller, the same ones as on the front desk
		for (const [doctype, , letter] of kefu.cases.kinds()) {
			frappe.ui.keys.add_shortcut({
				shortcut: `alt+${letter}`,
				action: () => open_case(frm, doctype),
				description: __("Open a case of the caller"),
				page: frm.page,
			});
		}
	},
	refresh(frm) {
		if (frm.is_new()) return;
		if (!frm.doc.case_name) {
			for (const [doctype, label, letter] of kefu.cases.kinds()) {
				frm.add_custom_button(`${label} (Alt+${letter.toUpperCase()})`, () => open_case(frm, doctype)).addClass(
					doctype === "Repair Order" ? "btn-primary" : ""
				);
			}
		}
		if (frm.doc.status === "In Call" && !frm.doc.call_id) {
			frm.add_custom_button(__("Hang Up"), async () => {
				await frm.set_value("ended_on", frappe.datetime.now_datetime());
				frm.save();
			});
		}
		if (frm.doc.callback_state === "Due") {
			frm.add_custom_button(__("Called Back"), () => call_back(frm), __("Call Back"));
		}
		if (frm.doc.phone || frm.doc.resident) {
			frm.add_custom_button(__("Front Desk"), () => {
				frappe.route_options = { resident: frm.doc.resident, unit: frm.doc.unit };
				frappe.set_route("front-desk");
			});
		}
		if (!frm.doc.caller_known && frm.doc.direction === "Incoming") {
			frm.dashboard.set_headline(__("The caller is not registered. Ask for the name and the home."));
		}
	},
	phone: match,
	project: match,
});

async function match(frm) {
	if (!frm.is_new() || !frm.doc.phone || !frm.doc.project) return;
	const found = await frappe.xcall(`${HOTLINE}match`, { phone: frm.doc.phone, project: frm.doc.project });
	await frm.set_value({
		resident: found.resident,
		unit: found.unit,
		caller_name: found.caller_name || frm.doc.caller_name,
		caller_known: found.known ? 1 : 0,
	});
	frm.dashboard.set_headline(
		found.known
			? __("The caller is registered.")
			: __("The caller is not registered. Ask for the name and the home.")
	);
}

async function open_case(frm, doctype) {
	if (frm.doc.case_name) return frappe.set_route("Form", frm.doc.case_doctype, frm.doc.case_name);
	if (frm.is_dirty()) await frm.save();
	const { project, unit, resident, caller_name, phone, subject, notes } = frm.doc;
	const values = {
		project,
		unit,
		resident,
		reporter_name: caller_name,
		contact_phone: resident ? null : phone,
		subject,
		description: notes,
		source: "Phone",
		call_record: frm.docname,
	};
	frappe.new_doc(doctype, Object.fromEntries(Object.entries(values).filter(([, value]) => value)));
}

function call_back(frm) {
	frappe.prompt(
		[
			{ fieldname: "reached", fieldtype: "Check", label: __("Reached"), default: 1 },
			{ fieldname: "note", fieldtype: "Small Text", label: __("Result of the Call Back") },
		],
		async (values) => {
			await frappe.xcall(`${HOTLINE}call_back`, { name: frm.docname, ...values });
			frm.reload_doc();
		},
		__("Call Back")
	);
}
