// Checklist of an internal audit on a phone: one question after the other, each answer is kept at once (D18).
frappe.pages["audit-round"].on_page_load = (wrapper) => {
	wrapper.round = new AuditRound(wrapper);
};

frappe.pages["audit-round"].on_page_show = (wrapper) => wrapper.round && wrapper.round.show();

const AUDIT = "kefu_property.quality.page.audit_round.audit_round.";
const RESULTS = ["Conform", "Observation", "Minor Nonconformity", "Major Nonconformity", "Not Applicable"];
const NEED_EVIDENCE = ["Observation", "Minor Nonconformity", "Major Nonconformity"];

class AuditRound {
	constructor(wrapper) {
		this.page = frappe.ui.make_app_page({ parent: wrapper, title: __("Audit Round"), single_column: true });
		this.body = $('<div class="kefu-patrol kefu-audit"></div>').appendTo(this.page.main);
	}

	async show() {
		const name = frappe.get_route()[1];
		this.body.empty();
		return name ? this.open(name) : this.list();
	}

	async list() {
		const rows = await frappe.xcall(AUDIT + "mine");
		$("<h5></h5>").text(__("My audits")).appendTo(this.body);
		if (!rows.length) $('<p class="text-muted"></p>').text(__("No audit waits for you.")).appendTo(this.body);
		for (const row of rows) {
			const card = $('<button type="button" class="kefu-patrol-card"></button>').appendTo(this.body);
			$("<strong></strong>").text(row.area).appendTo(card);
			$('<span class="indicator-pill"></span>')
				.addClass(row.late ? "red" : "blue")
				.text(row.late ? __("Overdue") : __(row.workflow_state))
				.appendTo(card);
			$('<span class="text-muted"></span>')
				.text(`${frappe.datetime.str_to_user(row.planned_on)} · ${row.name}`)
				.appendTo(card);
			card.on("click", () => frappe.set_route("audit-round", row.name));
		}
	}

	async open(name) {
		const audit = await frappe.xcall(AUDIT + "load", { audit: name });
		this.audit = audit;
		const head = $('<section class="kefu-patrol-facts"></section>').appendTo(this.body);
		const line = $("<div></div>").appendTo(head);
		$("<strong></strong>").text(audit.area).appendTo(line);
		$('<span class="indicator-pill blue"></span>').text(__(audit.state)).appendTo(line);
		$('<a class="text-muted"></a>')
			.attr("href", `/app/internal-audit/${encodeURIComponent(audit.name)}`)
			.text(audit.name)
			.appendTo(head);
		this.count = $('<div role="status"></div>').appendTo(head);
		this.bar = $("<progress></progress>").attr("max", audit.lines.length).appendTo(head);
		this.progress(audit.lines.filter((row) => row.result).length, audit.lines.length);
		if (!audit.editable) {
			$('<p class="text-muted"></p>')
				.text(__("Answers are taken while the audit is in progress."))
				.appendTo(this.body);
		}
		for (const row of audit.lines) this.question(row);
	}

	progress(answered, all) {
		this.count.text(__("{0} of {1} answered", [answered, all]));
		this.bar.val(answered);
	}

	question(row) {
		const box = $('<fieldset class="kefu-patrol-check"></fieldset>').appendTo(this.body);
		$("<legend></legend>").text(row.question).appendTo(box);
		$('<div class="text-muted small"></div>').text(`${row.clause} ${row.title}`).appendTo(box);
		const choice = $('<div class="kefu-patrol-choice"></div>').appendTo(box);
		const evidence = $('<textarea class="form-control" rows="2"></textarea>')
			.val(row.evidence)
			.attr("placeholder", __("Evidence Seen"))
			.attr("aria-label", __("Evidence Seen"))
			.prop("disabled", !this.audit.editable)
			.on("change", () => {
				row.evidence = evidence.val();
				if (row.result) this.keep(row, saved);
			})
			.appendTo(box);
		const saved = $('<div class="kefu-audit-saved" role="status"></div>').appendTo(box);
		for (const result of RESULTS) {
			$('<button type="button" class="btn btn-default"></button>')
				.text(__(result))
				.attr("data-result", result)
				.attr("aria-pressed", String(row.result === result))
				.prop("disabled", !this.audit.editable)
				.on("click", (event) => {
					row.result = result;
					row.evidence = evidence.val();
					choice.children().attr("aria-pressed", "false");
					$(event.currentTarget).attr("aria-pressed", "true");
					this.keep(row, saved);
				})
				.appendTo(choice);
		}
	}

	async keep(row, saved) {
		if (NEED_EVIDENCE.includes(row.result) && !row.evidence.trim()) {
			saved.text(__("Write the evidence, then it is kept."));
			return;
		}
		const { row: name, result, evidence } = row;
		const count = await frappe.xcall(AUDIT + "answer", { audit: this.audit.name, row: name, result, evidence });
		saved.text(__("Answer kept"));
		this.progress(count.answered, count.all);
	}
}
