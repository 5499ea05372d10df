"""Letters of dunning and the evidence file of a debtor, as PDF (D2, L2)."""

# No postponed annotations here: the framework converts what a form sends by them
import base64
import mimetypes
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import formatdate, get_fullname, now_datetime, today

from kefu_property.billing import dunning, ledger, paper
from kefu_property.billing.exceptions import NothingOpen
from kefu_property.registry import api as registry
from kefu_property.rules import dunning as rules
from kefu_property.rules.money import D

MOST_LETTERS = 500
LARGEST_IMAGE = 5_000_000


def letter(action) -> dict:
	"""Everything that a letter prints, as text."""
	head = paper.letterhead(action.project)
	legal = action.action_type == rules.LEGAL
	return {
		"company": head["company"],
		"project": head["project"],
		"phone": head["phone"],
		"bank": head["bank"],
		"number": action.name,
		"title": _("Letter before Legal Action") if legal else _("Demand for Payment"),
		"payer": action.payer_name or "",
		"units": action.unit_codes or "",
		"opening": _("According to our books the following fees are open since {0}:").format(
			formatdate(action.oldest_due)
		),
		"bills": [
			{
				"unit": paper.unit_code(row.unit),
				"period": str(row.period_start or "")[:7],
				"due": str(row.due_date),
				"open": paper.yuan(row.open_amount),
			}
			for row in action.bills
		],
		"total": paper.yuan(action.amount),
		"capital": paper.capital_text(action.amount),
		"request": _(
			"Please pay within 7 days of this letter. After that the claim is handed to a lawyer and filed in court."
		)
		if legal
		else _("Please pay within 15 days of this letter, or tell us in writing what you object to."),
		"rights": _(
			"Whatever the arrears, water, power, gas, heat and access to your home stay as they are. Ask us for the arithmetic of any bill."
		),
		"date": formatdate(action.done_on or today()),
	}


@frappe.whitelist()
def letters(run: str, building: str | None = None) -> None:
	"""The letters of an approved run as one PDF, those of one building or of all in the order of buildings."""
	frappe.get_doc("Dunning Run", run).check_permission("print")
	filters = {"dunning_run": run, "action_type": ["in", dunning.LETTERS], "state": ["in", ["To Do", "Done"]]}
	if building:
		filters["building"] = building
	names = frappe.get_all(
		"Dunning Action", filters=filters, pluck="name", order_by="building, unit_codes", limit=MOST_LETTERS + 1
	)
	if not names:
		frappe.throw(_("This run has no letters here. They exist once the run is approved."), NothingOpen)
	if len(names) > MOST_LETTERS:
		frappe.throw(_("More than {0} letters: choose a building.").format(MOST_LETTERS), NothingOpen)
	answer_letters(names, f"{run}{'-' + building if building else ''}.pdf")


def answer_letters(names: list[str], filename: str | None = None) -> None:
	"""Answer the request with letters (Dunning Actions) as one PDF. The caller has checked who may read them."""
	html = frappe.render_template("kefu_property/billing/papers/letters.html", {"letters": _letters(names)})
	_answer(html, filename or f"{names[0]}.pdf")


def _letters(names: list[str]) -> list[dict]:
	# lint: allow query-in-loop: a paper for each debtor, at most five hundred
	return [letter(frappe.get_doc("Dunning Action", name)) for name in names]


@frappe.whitelist()
def evidence(project: str, resident: str) -> None:
	"""Evidence file of a debtor as PDF: bills with lines, demands and calls with proof, promises, ledger, letters."""
	if not frappe.has_permission("Dunning Action", "print"):
		frappe.throw(_("You may not read this file."), frappe.PermissionError)
	frappe.only_for(("Accountant", "CS Supervisor", "Office Director", "HQ Quality Auditor", "Kefu Administrator"))
	frappe.get_doc("Property Project", project).check_permission("read")
	html = frappe.render_template("kefu_property/billing/papers/evidence.html", {"pack": pack(project, resident)})
	_answer(html, f"{resident}.pdf")


def _answer(html: str, filename: str) -> None:
	from weasyprint import HTML  # heavy, and needed here only

	frappe.local.response.filename = filename
	frappe.local.response.filecontent = HTML(string=html).write_pdf()
	frappe.local.response.type = "pdf"


def pack(project: str, resident: str) -> dict:
	"""What the evidence file prints, as text."""
	where = {"project": project, "resident": resident}
	bills = frappe.get_all(
		"Fee Invoice",
		filters={**where, "docstatus": 1, "outstanding": [">", 0]},
		fields=["name", "unit", "period_start", "due_date", "limitation_date", "total", "outstanding"],
		order_by="due_date, name",
	)
	if not bills:
		frappe.throw(_("This payer has no open bills in project {0}.").format(project), NothingOpen)
	actions = frappe.get_all(
		"Dunning Action",
		filters={**where, "state": ["in", ["Done", "Failed"]]},
		fields=["name", "action_type", "done_on", "done_by", "channel", "result", "amount", "proof", "note", "message"],
		order_by="done_on",
	)
	texts = dict(
		frappe.get_all(
			"Outgoing Message",
			filters={"name": ["in", [row.message for row in actions if row.message] or [""]]},
			fields=["name", "text"],
			as_list=True,
		)
	)
	total = sum((D(row.outstanding) for row in bills), Decimal("0.00"))
	head = paper.letterhead(project)
	images, files = _proofs(actions)
	return {
		"company": head["company"],
		"project": head["project"],
		"payer": registry.resident_label(resident),
		"units": ", ".join(dict.fromkeys(paper.unit_code(row.unit) for row in bills)),
		"date": formatdate(today()),
		"total": paper.yuan(total),
		"capital": paper.capital_text(total),
		"maker": get_fullname(frappe.session.user),
		"made_on": str(now_datetime())[:16],
		"bill_heads": [
			_("Bill"),
			_("Unit"),
			_("Period"),
			_("Due Date"),
			_("Limitation Date"),
			_("Total"),
			_("Open Amount"),
		],
		"bills": [
			(
				row.name,
				paper.unit_code(row.unit),
				str(row.period_start)[:7],
				row.due_date,
				row.limitation_date,
				paper.yuan(row.total),
				paper.yuan(row.outstanding),
			)
			for row in bills
		],
		"line_heads": [_("Bill"), _("Fee Item"), _("Period"), _("Quantity"), _("Price"), _("Amount"), _("Open Amount")],
		"lines": _lines([row.name for row in bills]),
		"action_heads": [_("Date"), _("Dunning Step"), _("Way"), _("Outcome"), _("Arrears"), _("Done By"), _("Remark")],
		"actions": [
			(
				str(row.done_on or "")[:16],
				_(row.action_type),
				_(row.channel or ""),
				_(row.result or ""),
				paper.yuan(row.amount),
				get_fullname(row.done_by) if row.done_by else "",
				" ".join(filter(None, (row.note, texts.get(row.message)))),
			)
			for row in actions
		],
		"promise_heads": [_("Promised On"), _("Pays by"), _("Promised Amount"), _("Paid Since"), _("State")],
		"promises": [
			(row.promised_on, row.pay_by, paper.yuan(row.amount), paper.yuan(row.paid), _(row.state))
			for row in frappe.get_all(
				"Promise to Pay",
				filters=where,
				fields=["promised_on", "pay_by", "amount", "paid", "state"],
				order_by="promised_on",
			)
		],
		"ledger_heads": [_("Date"), _("Kind"), _("Fee Item"), _("Amount"), _("Balance")],
		"ledger": _ledger(where),
		"images": images,
		"files": files,
		"letters": _letters([row.name for row in actions if row.action_type in dunning.LETTERS]),
	}


def _lines(names: list[str]) -> list[tuple]:
	return [
		(
			row.parent,
			_(row.fee_item),
			paper.period_text(row.period_from, row.period_to),
			row.quantity,
			row.price,
			paper.yuan(row.amount),
			paper.yuan(row.outstanding),
		)
		for row in frappe.db.sql(
			"""select parent, fee_item, period_from, period_to, quantity, price, amount, outstanding
			from `tabFee Invoice Line` where parent in %(names)s and parenttype = 'Fee Invoice' order by period_from, parent, idx""",
			{"names": tuple(names)},
			as_dict=True,
		)
	]


def _ledger(where: dict) -> list[tuple]:
	balance, result = Decimal("0.00"), []
	for row in frappe.get_all(
		"Fee Ledger Entry",
		filters={**where, "account": ledger.RECEIVABLE},
		fields=["posting_date", "kind", "fee_item", "amount"],
		order_by="posting_date, creation, name",
	):
		balance += D(row.amount)
		result.append(
			(row.posting_date, _(row.kind), _(row.fee_item or ""), paper.yuan(row.amount), paper.yuan(balance))
		)
	return result


def _proofs(actions: list[dict]) -> tuple[list[dict], list[tuple]]:
	"""Pictures go into the file; other attachments are listed by name."""
	images, files = [], []
	by_step = {row.proof: f"{_(row.action_type)} {str(row.done_on)[:10]}" for row in actions if row.proof}
	for doc in frappe.get_all(
		"File",
		filters={"file_url": ["in", list(by_step) or [""]]},
		fields=["name", "file_url", "file_name", "file_size"],
	):
		kind = mimetypes.guess_type(doc.file_name or "")[0] or ""
		if kind in ("image/png", "image/jpeg") and (doc.file_size or 0) <= LARGEST_IMAGE:
			content = frappe.get_doc("File", doc.name).get_content()  # lint: allow query-in-loop: a few proofs
			images.append(
				{
					"title": by_step[doc.file_url],
					"data": f"data:{kind};base64,{base64.b64encode(content).decode()}",
				}
			)
		else:
			files.append((by_step[doc.file_url], doc.file_name))
	return images, files
