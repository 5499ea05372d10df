// The safety sheet of an event on a phone at the site: answer the checks, report an incident (D6).
frappe.pages["event-supervision"].on_page_load = (wrapper) => {
	wrapper.supervision = new EventSupervision(wrapper);
};

frappe.pages["event-supervision"].on_page_show = (wrapper) => wrapper.supervision && wrapper.supervision.show();

const SUPERVISION = "kefu_property.community.page.event_supervision.event_supervision.";

class EventSupervision {
	constructor(wrapper) {
		this.page = frappe.ui.make_app_page({ parent: wrapper, title: __("Event Supervision"), single_column: true });
		this.body = $('<div class="kefu-patrol"></div>').appendTo(this.page.main);
	}

	async show() {
		this.sheet = frappe.get_route()[1];
		this.body.empty();
		if (this.sheet) return this.open();
		const rows = await frappe.xcall(SUPERVISION + "coming");
		if (!rows.length)
			$('<p class="text-muted"></p>').text(__("No event in the next two weeks.")).appendTo(this.body);
		for (const row of rows) {
			const card = $('<button type="button" class="kefu-patrol-card"></button>').appendTo(this.body);
			$("<strong></strong>").text(row.event_title).appendTo(card);
			this.pill(row.workflow_state, row.incident_count).appendTo(card);
			$('<span class="text-muted"></span>')
				.text(`${frappe.datetime.str_to_user(row.starts_on)} · ${row.venue}`)
				.appendTo(card);
			card.on("click", () => frappe.set_route("event-supervision", row.name));
		}
	}

	pill(state, incidents) {
		const colour = { Draft: "gray", "Pending Approval": "orange", "Signed Off": "blue" }[state];
		return $('<span class="indicator-pill"></span>')
			.addClass(incidents ? "red" : colour)
			.text(incidents ? __("Incident") : __(state));
	}

	async open() {
		const sheet = (this.data = await frappe.xcall(SUPERVISION + "show", { sheet: this.sheet }));
		this.body.empty();
		const box = $('<section class="kefu-patrol-facts"></section>').appendTo(this.body);
		const head = $("<div></div>").appendTo(box);
		$("<strong></strong>").text(sheet.event_title).appendTo(head);
		this.pill(sheet.workflow_state, sheet.incidents.length).appendTo(head);
		for (const text of [
			`${frappe.datetime.str_to_user(sheet.starts_on)} · ${sheet.venue}`,
			`${__("Safety Risk")}: ${__(sheet.risk)} · ${__("People Expected")}: ${sheet.expected_people}`,
			...sheet.staff.map((row) => [row.post, row.staff_name, row.phone].filter(Boolean).join(" · ")),
			sheet.emergency_plan,
		].filter(Boolean)) {
			$('<div class="kefu-patrol-text"></div>').text(text).appendTo(box);
		}
		for (const row of sheet.incidents) {
			$('<div class="text-danger"></div>')
				.text(`${__(row.kind)}: ${row.details}`)
				.appendTo(box);
		}
		for (const line of sheet.checks) this.check(line);
		const bar = $('<div class="kefu-patrol-actions"></div>').appendTo(this.body);
		$('<button type="button" class="btn btn-default"></button>')
			.text(__("Open Sheet"))
			.on("click", () => frappe.set_route("Form", "Event Safety Sheet", this.sheet))
			.appendTo(bar);
		if (sheet.may_check) this.action(bar, __("Save Checks"), "btn-primary", () => this.save());
		if (sheet.may_report) this.action(bar, __("Report an Incident"), "btn-danger", () => this.incident());
	}

	action(bar, label, kind, work) {
		$('<button type="button" class="btn"></button>').addClass(kind).text(label).on("click", work).appendTo(bar);
	}

	check(line) {
		const row = $('<fieldset class="kefu-patrol-check"></fieldset>').appendTo(this.body);
		$("<legend></legend>").text(line.check_text).appendTo(row);
		const choice = $('<div class="kefu-patrol-choice"></div>').appendTo(row);
		const remark = $('<input type="text" class="form-control">')
			.attr("placeholder", __("What is wrong?"))
			.attr("aria-label", __("What is wrong?"))
			.val(line.remark || "")
			.prop("hidden", line.result !== "Problem")
			.prop("disabled", !this.data.may_check)
			.on("input", () => (line.remark = remark.val()))
			.appendTo(row);
		for (const [result, label] of [
			["OK", __("OK")],
			["Problem", __("Problem")],
			["Not Applicable", __("Not Applicable")],
		]) {
			$('<button type="button" class="btn btn-default"></button>')
				.text(label)
				.attr("data-result", result)
				.attr("aria-pressed", String(line.result === result))
				.prop("disabled", !this.data.may_check)
				.on("click", (event) => {
					line.result = result;
					choice.children().attr("aria-pressed", "false");
					$(event.currentTarget).attr("aria-pressed", "true");
					remark.prop("hidden", result !== "Problem");
				})
				.appendTo(choice);
		}
	}

	async save() {
		await frappe.xcall(SUPERVISION + "save_checks", {
			sheet: this.sheet,
			lines: JSON.stringify(this.data.checks),
		});
		frappe.show_alert({ message: __("Checks are saved."), indicator: "green" });
		this.open();
	}

	incident() {
		const kinds = ["Injury", "Crowding", "Fire", "Equipment", "Dispute", "Lost Child", "Other"];
		frappe.prompt(
			[
				{
					fieldname: "kind",
					fieldtype: "Select",
					label: __("Kind"),
					options: kinds.map((value) => ({ value, label: __(value) })),
					default: "Other",
					reqd: 1,
				},
				{ fieldname: "injured", fieldtype: "Int", label: __("Injured"), default: 0 },
				{ fieldname: "details", fieldtype: "Small Text", label: __("What Happened"), reqd: 1 },
				{ fieldname: "action_taken", fieldtype: "Small Text", label: __("What Was Done"), reqd: 1 },
			],
			async (values) => {
				await frappe.xcall(SUPERVISION + "report_incident", { sheet: this.sheet, ...values });
				this.open();
			},
			__("Report an Incident"),
			__("Send")
		);
	}
}
