"""What a run would bill: reads set-based, computes through `Calculator`, yields chunk by chunk."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import frappe
from frappe.utils import getdate

from kefu_property.billing import kinds
from kefu_property.billing.calculation import Assignment, Bill, Calculator, Payer, Skip, Tariff, Vacancy
from kefu_property.registry import api as registry
from kefu_property.rules import periods, tariffs
from kefu_property.rules.money import D
from kefu_property.rules.periods import Span

UNITS_PER_CHUNK = 1000
BILLING_STATES = ("In Force",)


@dataclass(slots=True)
class Chunk:
	"""Bills and skips of some units, in the order of their names."""

	units: list[dict]
	bills: list[Bill] = field(default_factory=list)
	skips: list[Skip] = field(default_factory=list)


class Plan:
	"""The bills of a project for a period. Iterate `chunks`; nothing is written."""

	def __init__(self, project: str, period: Span, items: Sequence[str] = (), only_units: Sequence[str] = ()):
		self.project, self.period, self.only_units = project, period, list(only_units)
		found = load_tariffs(project, items)
		#: tariffs that ask for deposits instead of billing
		self.deposits = {tariff.name for tariff in found if tariff.kind.deposit}
		self.calculator = Calculator(
			period,
			found,
			load_assignments(project, period),
			load_vacancies(project, period),
		)

	def chunks(self, ignore_run: str | None = None) -> Iterator[Chunk]:
		"""Yield the plan in chunks. Bills of `ignore_run` count as not yet written, so that a resumed run has the same plan."""
		for units in self._unit_chunks():
			names = [unit["name"] for unit in units]
			billed = billed_spans(names, self.period, ignore_run)
			payers = load_payers(self.project, self.period, names)
			self.calculator.load(units)
			chunk = Chunk(units)
			for unit in units:
				bills, skips = self.calculator.bills(unit, payers.get(unit["name"], ()), billed.get(unit["name"], {}))
				chunk.bills += bills
				chunk.skips += skips
			yield chunk

	def _unit_chunks(self) -> Iterator[list[dict]]:
		if self.only_units:
			yield registry.units(self.project, names=self.only_units)
			return
		after = ""
		while units := registry.units(self.project, after=after, limit=UNITS_PER_CHUNK):
			yield units
			after = units[-1]["name"]


def fingerprint_of(bills: Sequence[Bill], digest=None):
	"""Add bills to a running digest: two plans with the same digest charge the same amounts to the same payers."""
	digest = digest or hashlib.sha256()
	for bill in bills:
		for line in bill.lines:
			digest.update(
				f"{bill.unit['name']}|{bill.resident}|{bill.due_date}|{line.charge_key}|{line.amount}\n".encode()
			)
	return digest


def load_tariffs(project: str, items: Sequence[str] = ()) -> list[Tariff]:
	"""Tariffs of a project that may bill: in force, with approved price versions (L16)."""
	filters = {"project": project, "workflow_state": ["in", BILLING_STATES]}
	if items:
		filters["fee_item"] = ["in", list(items)]
	rows = frappe.get_all("Fee Tariff", filters=filters, fields=["*"], order_by="name")
	if not rows:
		return []
	prices = defaultdict(list)
	for price in frappe.get_all(
		"Fee Tariff Price",
		filters={"parent": ["in", [row.name for row in rows]], "parenttype": "Fee Tariff", "status": "Approved"},
		fields=["name", "parent", "valid_from", "valid_to", "price"],
	):
		prices[price.parent].append(
			tariffs.Version(
				price.name,
				getdate(price.valid_from),
				getdate(price.valid_to) if price.valid_to else None,
				D(price.price),
			)
		)
	priorities = dict(
		frappe.get_all(
			"Fee Item",
			filters={"name": ["in", [row.fee_item for row in rows]]},
			fields=["name", "allocation_priority"],
			as_list=True,
		)
	)
	defaults = registry.project_facts(project)
	known = kinds.all_kinds()
	return [
		Tariff(
			name=row.name,
			fee_item=row.fee_item,
			kind=known[row.kind](row),
			versions=tariffs.close_versions(prices[row.name]),
			proration_mode=row.proration_mode or defaults["proration_mode"] or periods.BY_DAYS,
			first_period_rule=row.first_period_rule or defaults["handover_month_rule"] or periods.FROM_START,
			rounding_unit=row.rounding_unit,
			rounding_mode=frappe.scrub(row.rounding_mode),
			minimum=D(row.minimum),
			maximum=D(row.maximum),
			tax_rate=D(row.tax_rate),
			due_day=row.due_day,
			due_months_offset=row.due_months_offset,
			priority=priorities[row.fee_item],
			vacancy_percent=D(row.vacancy_percent) if D(row.vacancy_percent) < 100 else D(0),
			vacancy_after_months=row.vacancy_after_months or 0,
		)
		for row in rows
		if prices[row.name] and row.kind in known
	]


def load_assignments(project: str, period: Span) -> list[Assignment]:
	rows = frappe.get_all(
		"Fee Tariff Assignment",
		filters={"project": project},
		fields=["tariff", "effect", "building", "unit_type", "unit", "from_date", "to_date"],
		order_by="creation",
	)
	return [
		Assignment(
			row.tariff,
			row.effect == "Charge",
			row.building or "",
			row.unit_type or "",
			row.unit or "",
			getdate(row.from_date) if row.from_date else None,
			getdate(row.to_date) if row.to_date else None,
		)
		for row in rows
		if not (row.from_date and getdate(row.from_date) > period.end)
		and not (row.to_date and getdate(row.to_date) < period.start)
	]


def load_vacancies(project: str, period: Span) -> dict[str, list[Vacancy]]:
	"""Approved vacancies that touch a period, by unit (L10)."""
	result: dict[str, list[Vacancy]] = defaultdict(list)
	for row in frappe.get_all(
		"Unit Vacancy",
		filters={"project": project, "workflow_state": "Approved", "from_date": ["<=", period.end]},
		fields=["unit", "from_date", "to_date"],
		order_by="from_date",
	):
		if not row.to_date or getdate(row.to_date) >= period.start:
			result[row.unit].append(Vacancy(getdate(row.from_date), getdate(row.to_date) if row.to_date else None))
	return result


def load_payers(project: str, period: Span, units: Sequence[str]) -> dict[str, list[Payer]]:
	"""Dated payers of some units, by unit."""
	result: dict[str, list[Payer]] = defaultdict(list)
	# one month earlier as well: whether somebody follows the developer decides the hand-over month
	for row in registry.payers(project, periods.add_months(period.start, -1), period.end, units):
		result[row["unit"]].append(
			Payer(
				row["resident"],
				getdate(row["from_date"]),
				getdate(row["to_date"]) if row["to_date"] else None,
				row["relation"] == "Developer",
			)
		)
	return result


def billed_spans(units: Sequence[str], period: Span, ignore_run: str | None = None) -> dict[str, dict[str, list[Span]]]:
	"""Spans of a period that are on valid bills, or asked for as deposits, already: unit → tariff → spans."""
	rows = frappe.db.sql(
		"""select invoice.unit, line.tariff, line.period_from, line.period_to
		from `tabFee Invoice` invoice join `tabFee Invoice Line` line on line.parent = invoice.name
		where invoice.unit in %(units)s and invoice.docstatus = 1 and line.tariff is not null
			and invoice.period_end >= %(start)s and invoice.period_start <= %(end)s
			and ifnull(invoice.billing_run, '') != %(run)s
		union all
		select deposit.unit, deposit.reference_name, run.period_start, run.period_end
		from `tabFee Deposit` deposit join `tabBilling Run` run on run.name = deposit.billing_run
		where deposit.unit in %(units)s and deposit.status != 'Reversed'
			and run.period_end >= %(start)s and run.period_start <= %(end)s and run.name != %(run)s""",
		{"units": tuple(units), "start": period.start, "end": period.end, "run": ignore_run or "-"},
	)
	result: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
	for unit, tariff, start, end in rows:
		result[unit][tariff].append(Span(start, end))
	return result


def last_period(period: Span) -> Span:
	"""The period of the same number of months before this one."""
	months = sum(1 for _month in periods.months_of(period))
	start = periods.add_months(period.start, -months)
	return Span(start, period.start - periods.ONE_DAY)


def billed_amounts(project: str, period: Span, after: str, upto: str) -> dict[tuple[str, str], dict]:
	"""What was billed for a period: (unit, item) → amount, quantity, price, days; for units with `after` < name ≤ `upto`."""
	rows = frappe.db.sql(
		"""select invoice.unit, line.fee_item, sum(line.amount) amount, max(line.quantity) quantity, max(line.price) price,
			sum(datediff(line.period_to, line.period_from) + 1) days
		from `tabFee Invoice` invoice join `tabFee Invoice Line` line on line.parent = invoice.name
		where invoice.project = %(project)s and invoice.unit > %(after)s and invoice.unit <= %(upto)s and invoice.docstatus = 1
			and invoice.period_start = %(start)s and invoice.period_end = %(end)s and line.tariff is not null
		group by invoice.unit, line.fee_item""",
		{"project": project, "after": after, "upto": upto, "start": period.start, "end": period.end},
		as_dict=True,
	)
	return {
		(row.unit, row.fee_item): {
			"amount": D(row.amount),
			"quantity": D(row.quantity),
			"price": D(row.price),
			"days": int(row.days or Decimal(0)),
		}
		for row in rows
	}
