"""Demands that the office sent me, and late fees with their arithmetic in words (L1, L2, L4)."""

# No postponed annotations here: the framework converts what a page sends by them
import frappe
from frappe import _
from frappe.utils import getdate

from kefu_property.billing import dunning, dunning_papers, explain
from kefu_property.billing.portal.access import mine
from kefu_property.rules.money import D

#: newest demands and late fees that are shown
MOST = 50


def get_context(context) -> None:
	residents = mine()
	context.update({"title": _("Demands and late fees"), "demands": demands(residents), "fees": late_fees(residents)})


def demands(residents: list[str]) -> list[dict]:
	"""Steps of dunning that reached these payers, the newest first, each with its bills and what of them is open now."""
	if not residents:
		return []
	rows = frappe.get_all(
		"Dunning Action",
		filters={"resident": ["in", residents], "state": "Done"},
		fields=["name", "action_type", "done_on", "channel", "amount", "oldest_due"],
		order_by="done_on desc, name desc",
		limit=MOST,
	)
	bills = frappe.get_all(
		"Dunning Action Bill",
		filters={"parent": ["in", [row.name for row in rows] or [""]], "parenttype": "Dunning Action"},
		fields=["parent", "invoice", "open_amount"],
		order_by="idx",
	)
	now = {
		row.name: row
		for row in frappe.get_all(
			"Fee Invoice",
			filters={"name": ["in", [row.invoice for row in bills] or [""]], "docstatus": 1},
			fields=["name", "title", "outstanding"],
		)
	}
	for row in rows:
		own_bills = [bill for bill in bills if bill.parent == row.name]
		row.bills = [
			{"name": bill.invoice, "title": now[bill.invoice].title, "amount": now[bill.invoice].outstanding}
			for bill in own_bills
			if bill.invoice in now
		]
		row.settled = bool(own_bills) and not any(D(bill["amount"]) for bill in row.bills)
		if row.action_type in dunning.LETTERS:
			row.pdf = f"/api/method/kefu_property.billing.portal.demands.letter?name={row.name}"
	return rows


def late_fees(residents: list[str]) -> list[dict]:
	"""Late fees billed to these payers, the newest first: `bill`, `amount`, `outstanding`, `due_date`, `steps` (the arithmetic in words)."""
	bills = {
		row.name: row
		for row in (
			frappe.get_all(
				"Fee Invoice",
				filters={"resident": ["in", residents], "origin": "Late Fee", "docstatus": 1},
				fields=["name", "title", "total", "outstanding", "due_date", "posting_date"],
				order_by="posting_date desc, name desc",
				limit=MOST,
			)
			if residents
			else ()
		)
	}
	lines = frappe.get_all(
		"Fee Invoice Line",
		filters={"parent": ["in", list(bills) or [""]], "parenttype": "Fee Invoice"},
		fields=["parent", "tariff", "price", "quantity", "amount", "tax_amount", "explanation", "price_version"],
		order_by="idx",
	)
	for bill in bills.values():
		bill.steps = [step for line in lines if line.parent == bill.name for step in explain.line_steps(line)]
		bill.overdue = bool(D(bill.outstanding)) and getdate(bill.due_date) < getdate()
	return list(bills.values())


@frappe.whitelist()  # lint: allow whitelist-permission: only what was sent to the session's resident is found
def letter(name: str) -> None:
	"""A written demand as PDF, for the payer whom it was sent to. One that is not theirs looks as if it were not there."""
	residents = mine()
	found = residents and frappe.get_all(
		"Dunning Action",
		filters={
			"name": name,
			"resident": ["in", residents],
			"state": "Done",
			"action_type": ["in", dunning.LETTERS],
		},
		pluck="name",
	)
	if not found:
		raise frappe.DoesNotExistError
	dunning_papers.answer_letters(found)
