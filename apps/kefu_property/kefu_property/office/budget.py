"""Spending against the yearly budget: commitments, spending, warning and block (S1).

Every step is a Budget Entry; entries are only added. The item's row of the budget in force is locked before it is read, so that of two
who spend the last money at the same moment one is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import fmt_money, getdate, today

from kefu_property.office.exceptions_desk import BudgetExceeded, InvalidAmount
from kefu_property.rules import budget_rules
from kefu_property.rules.money import D, round_money
from kefu_property.suite.notify import alert, staff_with_role

COMMITMENT, SPENDING = "Commitment", "Spending"
IN_FORCE = "In Force"
ZERO = Decimal("0.00")


def commit(
	reference: tuple[str, str],
	project: str,
	amounts: Mapping[str, Decimal],
	on: date | str | None = None,
	text: str = "",
) -> None:
	"""Reserve money: `amounts` by budget item, of the year of `on`. Raises BudgetExceeded beyond an item's block level."""
	_post(reference, project, [(item, COMMITMENT, amount) for item, amount in amounts.items()], on, text)


def spend(
	reference: tuple[str, str],
	project: str,
	amounts: Mapping[str, Decimal],
	on: date | str | None = None,
	text: str = "",
	against: tuple[str, str] | None = None,
) -> None:
	"""Spend money; what the paper `against` has reserved for the item is used up first. Raises BudgetExceeded."""
	entries: list[tuple] = [(item, SPENDING, amount) for item, amount in amounts.items()]
	if against:
		lock(project, getdate(on or today()).year, list(amounts))
		for (item, kind, year), value in _sums(against).items():
			if kind == COMMITMENT and item in amounts:
				part = budget_rules.release(value, round_money(D(amounts[item])))
				if part:
					entries.append((item, COMMITMENT, -part, against, year))
	_post(reference, project, entries, on, text)


def reverse(reference: tuple[str, str], text: str = "", kind: str | None = None) -> None:
	"""Take back all that a paper has reserved and spent (or one `kind` of it), by entries of the opposite sign."""
	for (item, found, year), value in _sums(reference).items():
		if value and kind in (None, found):
			project = frappe.db.get_value(  # lint: allow query-in-loop: one paper has one or two items
				"Budget Entry", {"reference_name": reference[1]}, "project"
			)
			_post(reference, project, [(item, found, -value, reference, year)], None, text)


def line_state(project: str, item: str, year: int) -> frappe._dict | None:
	"""The item in the budget in force: `amount`, `committed`, `spent`, `available` (Decimal); None without a budget."""
	row = _lines(project, year, [item]).get(item)
	if not row:
		return None
	values = {field: D(row[field] or 0) for field in ("amount", "committed", "spent")}
	return frappe._dict(values, available=budget_rules.available(*values.values()))


def totals(project: str, year: int) -> dict[tuple[str, str], Decimal]:
	"""What was reserved and spent in a year: (item, kind) → amount."""
	return {
		(row[0], row[1]): D(row[2])
		for row in frappe.db.sql(
			"""select budget_item, kind, sum(amount) from `tabBudget Entry` where project = %s and year = %s
			group by budget_item, kind lock in share mode""",
			(project, year),
		)
	}


def _post(reference: tuple[str, str], project: str, entries: list[tuple], on, text: str) -> None:
	"""Write entries (item, kind, amount[, paper that the amount belongs to, year]) and move the items of the budget."""
	on = getdate(on or today())
	entries = [(*entry, reference, on.year)[:5] if len(entry) == 3 else entry for entry in entries]
	entries = [(item, kind, round_money(D(amount)), paper, year) for item, kind, amount, paper, year in entries]
	for year in {entry[4] for entry in entries}:
		mine = [entry for entry in entries if entry[4] == year]
		lines = lock(project, year, sorted({entry[0] for entry in mine}))
		for item, line in lines.items():
			_move(project, item, line, {kind: _sum(mine, item, kind) for kind in (COMMITMENT, SPENDING)})
	for item, kind, amount, paper, year in entries:
		frappe.get_doc(  # lint: allow query-in-loop: a new document, no query
			{
				"doctype": "Budget Entry",
				"project": project,
				"year": year,
				"budget_item": item,
				"kind": kind,
				"amount": amount,
				"posting_date": on,
				"text": (text or reference[1])[:140],
				"reference_doctype": paper[0],
				"reference_name": paper[1],
			}
		).insert(ignore_permissions=True)  # the system writes it for a paper whose rights were checked


def _sum(entries: list[tuple], item: str, kind: str) -> Decimal:
	return sum((entry[2] for entry in entries if entry[0] == item and entry[1] == kind), ZERO)


def _move(project: str, item: str, line: dict, change: dict[str, Decimal]) -> None:
	amount, warn, block = D(line.amount), D(line.warn_percent or 0), D(line.block_percent or 0)
	committed, spent = D(line.committed or 0), D(line.spent or 0)
	before = budget_rules.level(amount, committed + spent, warn, block)
	committed, spent = committed + change[COMMITMENT], spent + change[SPENDING]
	after = budget_rules.level(amount, committed + spent, warn, block)
	left = budget_rules.available(amount, committed, spent)
	grows = sum(change.values(), ZERO) > 0
	if grows and after == "block":
		frappe.throw(
			_("The budget of {0} has {1} yuan left; {2} yuan are asked for. Move budget to the item first.").format(
				line.item_name or item,
				fmt_money(left + sum(change.values(), ZERO), precision=2),
				fmt_money(sum(change.values(), ZERO), precision=2),
			),
			BudgetExceeded,
		)
	frappe.db.set_value(
		"Yearly Budget Line",
		line.name,
		{"committed": committed, "spent": spent, "available": left},
		update_modified=False,
	)
	if grows and after == "warn" and before == "ok":
		alert(
			staff_with_role("Office Director", project),
			lambda: _("The budget of {0} is used by {1} %, {2} yuan are left.").format(
				line.item_name or item,
				round(100 * (committed + spent) / amount) if amount else 100,
				fmt_money(left, precision=2),
			),
			"Yearly Budget",
			line.parent,
		)


def lock(project: str, year: int, items: list[str]) -> dict[str, dict]:
	"""Rows of the budget in force, locked in the order of their names; items without a budget are left out."""
	names = sorted(row.name for row in _lines(project, year, items).values())
	if not names:
		return {}
	rows = frappe.db.sql(
		"select * from `tabYearly Budget Line` where name in %s order by name for update", (tuple(names),), as_dict=True
	)
	return {row.budget_item: row for row in rows}


def _lines(project: str, year: int, items: list[str]) -> dict[str, dict]:
	budget, line = frappe.qb.DocType("Yearly Budget"), frappe.qb.DocType("Yearly Budget Line")
	if not items:
		return {}
	rows = (
		frappe.qb.from_(line)
		.join(budget)
		.on(budget.name == line.parent)
		.select(line.star)
		.where((budget.project == project) & (budget.year == year) & (budget.docstatus == 1))
		.where(line.budget_item.isin(items))
		.run(as_dict=True)
	)
	return {row.budget_item: row for row in rows}


def _sums(reference: tuple[str, str]) -> dict[tuple[str, str, int], Decimal]:
	"""What a paper has reserved and spent: (item, kind, year) → amount, by the latest committed rows."""
	return {
		(row[0], row[1], row[2]): D(row[3])
		for row in frappe.db.sql(
			"""select budget_item, kind, year, sum(amount) from `tabBudget Entry`
			where reference_doctype = %s and reference_name = %s group by budget_item, kind, year lock in share mode""",
			reference,
		)
	}


def check_amount(amount) -> Decimal:
	"""The amount as Decimal; raises InvalidAmount when it is not above zero."""
	value = round_money(D(amount or 0))
	if value <= 0:
		frappe.throw(_("Enter an amount above zero."), InvalidAmount)
	return value
