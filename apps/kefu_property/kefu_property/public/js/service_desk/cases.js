/* global kefu, comment_when */
// What the forms, lists and calendars of complaints, repair orders and enquiries share.
frappe.provide("kefu.cases");

kefu.cases.kinds = () => [
	["Repair Order", __("Repair"), "r"],
	["Complaint", __("Complaint"), "c"],
	["Enquiry", __("Enquiry"), "e"],
];

const ACTIONS = "kefu_property.service_desk.actions.";
const OPEN = ["New", "Assigned", "In Progress", "Waiting for Owner", "Transfer Requested"];
const FINISHED = ["Resolved", "Verified", "Closed"];
const DEADLINE_COLOURS = {
	"On Time": "green",
	"Due Soon": "orange",
	Overdue: "red",
	Waiting: "gray",
	Met: "green",
	Missed: "red",
};

kefu.cases.run = async (frm, method, args) => {
	await frappe.xcall(ACTIONS + method, { doctype: frm.doctype, name: frm.docname, ...args });
	return frm.reload_doc();
};

kefu.cases.ask = (frm, title, fields, method, label) => {
	const dialog = new frappe.ui.Dialog({
		title,
		fields,
		primary_action_label: label || __("Save"),
		primary_action: async (values) => {
			dialog.disable_primary_action();
			try {
				await kefu.cases.run(frm, method, values);
				dialog.hide();
			} finally {
				dialog.enable_primary_action();
			}
		},
	});
	dialog.show();
	return dialog;
};

const reason = (label) => ({ fieldname: "reason", fieldtype: "Small Text", label, reqd: 1 });

function buttons(frm) {
	const state = frm.doc.status;
	const add = (label, action, group) => frm.add_custom_button(label, action, group);
	if (state !== "Cancelled" && state !== "Merged") {
		add(__("Reply"), () => reply(frm)).addClass("btn-primary");
	}
	if (state === "In Progress") {
		add(__("Resolve"), () => resolve(frm));
		add(
			__("Wait for Owner"),
			() =>
				kefu.cases.ask(
					frm,
					__("Wait for Owner"),
					[reason(__("What does the owner have to do?"))],
					"wait_for_owner"
				),
			__("More")
		);
	}
	if (state === "Waiting for Owner") {
		add(__("Carry On"), () => kefu.cases.run(frm, "carry_on"));
	}
	if (["New", "Assigned", "In Progress"].includes(state)) {
		add(__("Assign"), () => assign(frm), __("More"));
		add(__("Transfer"), () => transfer(frm), __("More"));
	}
	if (state === "Transfer Requested") {
		add(__("Accept Transfer"), () => kefu.cases.run(frm, "answer_transfer", { accepted: 1 }));
		add(__("Refuse Transfer"), () =>
			frappe.prompt([reason(__("Reason"))], (values) =>
				kefu.cases.run(frm, "answer_transfer", { accepted: 0, note: values.reason })
			)
		);
	}
	if (OPEN.includes(state)) {
		add(__("Merge into Another Case"), () => merge(frm), __("More"));
		if (frappe.user.has_role("CS Supervisor") && state !== "Transfer Requested") {
			add(
				__("Cancel Case"),
				() => kefu.cases.ask(frm, __("Cancel Case"), [reason(__("Reason"))], "cancel_case"),
				__("More")
			);
		}
	}
	if (FINISHED.includes(state) && frappe.user.has_role("CS Agent")) {
		add(__("Record Follow-up"), () => follow_up(frm));
		add(__("Reopen"), () => kefu.cases.ask(frm, __("Reopen"), [reason(__("Reason"))], "reopen"), __("More"));
	}
	if (FINISHED.includes(state) && frappe.user.has_role("CS Supervisor")) {
		add(__("Check Quality"), () => check_quality(frm), __("More"));
	}
	if (state !== "Cancelled" && state !== "Merged") kefu.cases.propose(frm, __("More"));
}

kefu.cases.propose = (frm, group) => {
	if (!frappe.model.can_create("Improvement Proposal")) return;
	frm.add_custom_button(
		__("Improvement Proposal"),
		async () => {
			const name = await frappe.xcall("kefu_property.service_desk.proposals.open_from_document", {
				doctype: frm.doctype,
				name: frm.docname,
			});
			frappe.set_route("Form", "Improvement Proposal", name);
		},
		group
	);
};

function reply(frm) {
	kefu.cases.ask(
		frm,
		__("Reply to the Owner"),
		[
			{
				fieldname: "kind",
				fieldtype: "Select",
				label: __("Kind"),
				options: ["First Answer", "Feedback", "Final Answer"].map((value) => ({ value, label: __(value) })),
				default: frm.doc.first_answered_on ? "Feedback" : "First Answer",
				reqd: 1,
			},
			{
				fieldname: "channel",
				fieldtype: "Select",
				label: __("Channel"),
				options: ["Phone", "Message", "Portal", "Visit", "Letter"].map((value) => ({
					value,
					label: __(value),
				})),
				default: frm.doc.reply_channel,
				reqd: 1,
			},
			{ fieldname: "text", fieldtype: "Text", label: __("Text"), reqd: 1 },
		],
		"reply",
		__("Send")
	);
}

function resolve(frm) {
	kefu.cases.ask(
		frm,
		__("Resolve"),
		[
			{ fieldname: "result", fieldtype: "Text", label: __("What Was Done"), reqd: 1, default: frm.doc.result },
			{
				fieldname: "cause",
				fieldtype: "Select",
				label: __("Cause"),
				options: frm
					.get_docfield("cause")
					.options.split("\n")
					.map((value) => ({ value, label: __(value) })),
				default: frm.doc.cause,
			},
		],
		"resolve"
	);
}

const department_query = (frm) => ({ filters: { project: frm.doc.project, disabled: 0 } });
const staff_query = () => ({ filters: { enabled: 1, user_type: "System User" } });

function assign(frm) {
	kefu.cases.ask(
		frm,
		__("Assign"),
		[
			{
				fieldname: "department",
				fieldtype: "Link",
				options: "Service Department",
				label: __("Department"),
				default: frm.doc.department,
				get_query: () => department_query(frm),
			},
			{
				fieldname: "user",
				fieldtype: "Link",
				options: "User",
				label: __("Assigned to"),
				reqd: 1,
				get_query: staff_query,
			},
		],
		"assign"
	);
}

function transfer(frm) {
	kefu.cases.ask(
		frm,
		__("Transfer"),
		[
			{
				fieldname: "department",
				fieldtype: "Link",
				options: "Service Department",
				label: __("To"),
				reqd: 1,
				get_query: () => department_query(frm),
			},
			reason(__("Reason")),
		],
		"request_transfer"
	);
}

function merge(frm) {
	kefu.cases.ask(
		frm,
		__("Merge into Another Case"),
		[
			{
				fieldname: "into",
				fieldtype: "Link",
				options: frm.doctype,
				label: __("Case that stays"),
				reqd: 1,
				get_query: () => ({
					filters: { project: frm.doc.project, status: ["in", OPEN], name: ["!=", frm.docname] },
				}),
			},
		],
		"merge"
	);
}

function check_quality(frm) {
	kefu.cases.ask(
		frm,
		__("Check Quality"),
		[
			{
				fieldname: "score",
				fieldtype: "Int",
				label: __("Quality Score"),
				reqd: 1,
				default: frm.doc.quality_score || 90,
			},
			{ fieldname: "note", fieldtype: "Small Text", label: __("Quality Note"), default: frm.doc.quality_note },
		],
		"check_quality"
	);
}

function follow_up(frm) {
	kefu.cases.ask(
		frm,
		__("Record Follow-up"),
		[
			{ fieldname: "said", fieldtype: "Small Text", label: __("What the Owner Said"), reqd: 1 },
			{
				fieldname: "satisfied",
				fieldtype: "Check",
				label: __("Satisfied"),
				default: 1,
				description: __("Without the mark the case is opened again"),
			},
		],
		"record_follow_up"
	);
}

function headline(frm) {
	const { deadline_state: state, next_due: due, duplicate_of: other } = frm.doc;
	if (other) {
		const link = frappe.utils.get_form_link(frm.doctype, other, true);
		frm.dashboard.set_headline(__("Duplicate of {0}", [link]));
	} else if (state && OPEN.includes(frm.doc.status)) {
		const text = due ? __("{0} · next deadline {1}", [__(state), comment_when(due)]) : __(state);
		frm.dashboard.set_headline(`<span class="indicator-pill ${DEADLINE_COLOURS[state]}">${text}</span>`);
	}
}

const suggest = frappe.utils.debounce(async (frm) => {
	const text = [frm.doc.subject, frm.doc.description].filter(Boolean).join(" ");
	const field = frm.get_field("category");
	field.set_description("");
	if (frm.doc.category || text.length < 2) return;
	const found = await frappe.xcall(ACTIONS + "suggest_category", {
		text,
		kind: frm.doctype,
		project: frm.doc.project,
		place: frm.doc.place,
	});
	if (!found.length) return;
	const links = found.map(
		(row) => `<a class="kefu-suggestion" data-category="${frappe.utils.escape_html(row.category)}" href="#">
			${frappe.utils.escape_html(__(row.category))}</a>`
	);
	field.set_description(`${__("Suggested:")} ${links.join(" · ")}`);
	field.$wrapper.find(".kefu-suggestion").on("click", (event) => {
		event.preventDefault();
		const row = found.find((entry) => entry.category === event.currentTarget.dataset.category);
		frm.set_value("category", row.category);
		if (frm.is_new()) frm.set_value("severity", row.severity || frm.doc.severity);
		field.set_description("");
	});
}, 500);

kefu.cases.form = (doctype) => {
	frappe.ui.form.on(doctype, {
		setup(frm) {
			const of_project = () => ({ filters: frm.doc.project ? { project: frm.doc.project } : {} });
			for (const field of ["unit", "resident", "building", "incident"]) frm.set_query(field, of_project);
			frm.set_query("department", () => department_query(frm));
			frm.set_query("assigned_to", staff_query);
			frm.set_query("category", () => ({
				filters: { is_group: 0, disabled: 0, kind: ["in", ["", doctype]] },
			}));
		},
		refresh(frm) {
			frm.toggle_display("contact_phone", !frm.doc.resident);
			if (frm.is_new()) return;
			buttons(frm);
			headline(frm);
		},
		async unit(frm) {
			if (!frm.doc.unit) return;
			const { message } = await frappe.db.get_value("Property Unit", frm.doc.unit, [
				"project",
				"building",
				"current_owner",
			]);
			await frm.set_value({ project: message.project, building: message.building });
			if (!frm.doc.resident && !frm.doc.reporter_name) frm.set_value("resident", message.current_owner);
		},
		async resident(frm) {
			frm.toggle_display("contact_phone", !frm.doc.resident);
			if (!frm.doc.resident) return;
			const { message } = await frappe.db.get_value("Resident", frm.doc.resident, [
				"project",
				"resident_name",
				"phone_masked",
			]);
			await frm.set_value({ reporter_name: message.resident_name, phone_masked: message.phone_masked });
			if (!frm.doc.project) frm.set_value("project", message.project);
		},
		subject: suggest,
		description: suggest,
		place: suggest,
	});
};

kefu.cases.list = (doctype) => {
	frappe.listview_settings[doctype] = {
		add_fields: ["status", "deadline_state", "severity"],
		get_indicator(doc) {
			const colour =
				doc.deadline_state === "Overdue"
					? "red"
					: { New: "blue", Assigned: "blue", "In Progress": "light-blue", "Waiting for Owner": "orange" }[
							doc.status
						] ||
						{ "Transfer Requested": "orange", Resolved: "green", Verified: "green", Closed: "green" }[
							doc.status
						] ||
						"gray";
			return [__(doc.status), colour, `status,=,${doc.status}`];
		},
		formatters: {
			deadline_state: (value) =>
				value ? `<span class="indicator-pill ${DEADLINE_COLOURS[value]}">${__(value)}</span>` : "",
			severity: (value) =>
				["High", "Urgent"].includes(value)
					? `<span class="indicator-pill ${value === "Urgent" ? "red" : "orange"}">${__(value)}</span>`
					: __(value),
		},
	};
};

kefu.cases.calendar = (doctype, from = "close_due", to = "close_due") => {
	frappe.views.calendar[doctype] = {
		field_map: { start: from, end: to, id: "name", title: "subject", allDay: 0 },
		get_css_class: (data) =>
			({ Overdue: "danger", Missed: "danger", "Due Soon": "warning", Met: "success" })[data.deadline_state] ||
			"info",
		get_events_method: "frappe.desk.calendar.get_events",
	};
};
