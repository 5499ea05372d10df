"""Kinds of tariffs that charge what was recorded: meter readings, shared costs, charges listed one by one."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

import frappe
from frappe import _
from frappe.utils import getdate

from kefu_property.billing.exceptions import WrongSharedCost, WrongTariff
from kefu_property.billing.explain import plain
from kefu_property.billing.kinds import CannotCharge, Charge, TariffKind
from kefu_property.registry import api as registry
from kefu_property.rules import metering, periods
from kefu_property.rules.money import D, split
from kefu_property.rules.periods import ONE_DAY, Span

MONTH, YEAR = "Month", "Year"
#: units of a project that the division of a shared cost reads at a time
UNITS_PER_PART = 2000


class Meter(TariffKind):
	"""Consumption by meter readings × price. A period bears the readings that are dated in it."""

	price_unit = "yuan per metered unit"
	quantity_unit = "metered unit"
	description = "Consumption between meter readings × price"
	monthly = False

	def check(self) -> None:
		if not self.tariff.get("meter_kind"):
			frappe.throw(_("Choose whose meters this tariff charges."), WrongTariff)

	def load(self, units: Iterable[dict], period: Span) -> None:
		self.period = period
		reading, meter = frappe.qb.DocType("Meter Reading"), frappe.qb.DocType("Utility Meter")
		rows = (
			frappe.qb.from_(reading)
			.join(meter)
			.on(meter.name == reading.meter)
			.select(
				reading.unit,
				meter.meter_no,
				meter.multiplier,
				reading.read_on,
				reading.reading_type,
				reading.value,
				reading.previous_on,
				reading.previous_value,
				reading.consumption,
			)
			.where(
				reading.unit.isin([unit["name"] for unit in units] or [""])
				& (meter.meter_kind == self.tariff.get("meter_kind"))
				& (reading.read_on >= period.start)
				& (reading.read_on <= period.end)
			)
			.orderby(reading.unit, meter.meter_no, reading.read_on, reading.creation)
			.run(as_dict=True)
		)
		self.readings: dict[str, list[dict]] = defaultdict(list)
		for row in rows:
			self.readings[row.unit].append(row)

	def consumption(self, unit: str, span: Span) -> Decimal:
		"""Consumption that falls to a span. What was used before the period belongs to whoever pays at its beginning."""
		return sum(
			(
				metering.part_of(D(row.consumption), window_of(row), self._reaching_back(row, span))
				for row in self.readings[unit]
			),
			Decimal(0),
		)

	def _reaching_back(self, row: dict, span: Span) -> Span:
		return Span(min(window_of(row).start, span.start), span.end) if span.start == self.period.start else span

	def quantity(self, unit: dict, span: Span) -> tuple[Decimal, dict]:
		readings = self.readings.get(unit["name"])
		if not readings:
			raise CannotCharge(_("No meter reading in the period"))
		facts = [
			[
				row.meter_no,
				str(row.previous_on or ""),
				plain(row.previous_value),
				str(row.read_on),
				plain(row.value),
				plain(row.multiplier),
				plain(row.consumption),
				row.reading_type,
			]
			for row in readings
		]
		return self.consumption(unit["name"], span), {"readings": facts}


def window_of(row: dict) -> Span:
	"""The days that a reading covers: from the day after the one before."""
	end = getdate(row["read_on"])
	start = getdate(row["previous_on"]) + ONE_DAY if row["previous_on"] else end
	return Span(min(start, end), end)


class TieredMeter(Meter):
	"""Meter readings × a price that rises with consumption, by month or by calendar year."""

	description = "Consumption between meter readings × a price in tiers"

	def check(self) -> None:
		super().check()
		try:
			metering.check_tiers(self.tiers())
		except ValueError:
			frappe.throw(_("Tiers rise from row to row, and only the last one has no upper limit."), WrongTariff)

	def tiers(self) -> list[metering.Tier]:
		rows = self.tariff.get("tiers")
		if rows is None:
			rows = frappe.get_all(
				"Fee Tariff Tier",
				filters={"parent": self.tariff["name"]},
				fields=["up_to", "price_ratio", "price_extra"],
				order_by="idx",
			)
		return [
			metering.Tier(D(row.up_to) if D(row.up_to) else None, D(row.price_ratio or 1), D(row.price_extra))
			for row in rows
		]

	def load(self, units: Iterable[dict], period: Span) -> None:
		super().load(units, period)
		if not hasattr(self, "steps"):
			self.steps = self.tiers()
			months = sum(1 for _month in periods.months_of(period))
			if self.tariff.get("tier_basis") != YEAR:
				self.steps = [step._replace(limit=step.limit and step.limit * months) for step in self.steps]
		self.used = self._used_this_year(units, period) if self.tariff.get("tier_basis") == YEAR else {}

	def _used_this_year(self, units: Iterable[dict], period: Span) -> dict[str, Decimal]:
		rows = frappe.db.sql(
			"""select invoice.unit, sum(line.quantity) from `tabFee Invoice` invoice
			join `tabFee Invoice Line` line on line.parent = invoice.name
			where invoice.unit in %(units)s and invoice.docstatus = 1 and line.tariff = %(tariff)s
				and line.period_from >= %(year)s and line.period_from < %(start)s
			group by invoice.unit""",
			{
				"units": tuple(unit["name"] for unit in units) or ("",),
				"tariff": self.tariff["name"],
				"year": datetime.date(period.start.year, 1, 1),
				"start": period.start,
			},
		)
		return {unit: D(quantity) for unit, quantity in rows}

	def charges(self, unit: dict, span: Span) -> list[Charge]:
		quantity, facts = self.quantity(unit, span)
		used = self.used.get(unit["name"], Decimal(0))
		if span.start > self.period.start:
			used += self.consumption(unit["name"], Span(self.period.start, span.start - ONE_DAY))
		parts = metering.divide(quantity, self.steps, used)
		return [
			Charge(
				amount,
				facts | {"tier": number, "ratio": plain(tier.ratio), "extra": plain(tier.extra), "used": plain(used)},
				tier.price,
			)
			for number, tier, amount in parts
		] or [Charge(quantity, facts)]


class SharedPool(TariffKind):
	"""A cost of the whole project or a building, divided by area, homes, people or weights; the parts sum to the cost (L6)."""

	price_unit = "yuan per yuan of the shared cost"
	quantity_unit = "yuan"
	description = "A shared cost divided among the units"
	monthly = False
	priced = False

	def check(self) -> None:
		if self.tariff.get("rounding_unit") not in (None, "", "0.01"):
			frappe.throw(_("A shared cost is divided to the cent: round to 0.01."), WrongTariff)

	def load(self, units: Iterable[dict], period: Span) -> None:
		if hasattr(self, "shares"):
			return
		self.shares: dict[str, list[tuple[dict, Decimal, Decimal]]] = defaultdict(list)
		costs = frappe.get_all(
			"Shared Cost",
			filters={
				"tariff": self.tariff["name"],
				"workflow_state": "Approved",
				"period_start": [">=", period.start],
				"period_end": ["<=", period.end],
			},
			fields=["name", "title", "project", "building", "basis", "amount", "period_start", "period_end"],
			order_by="name",
		)
		exceptions = unit_rows([cost.name for cost in costs])
		for cost in costs:
			for unit, weight, share in shares_of(cost, exceptions[cost.name]):
				self.shares[unit.name].append((cost, weight, share))

	def charges(self, unit: dict, span: Span) -> list[Charge]:
		result = []
		for cost, weight, share in self.shares.get(unit["name"], ()):
			window = Span(getdate(cost.period_start), getdate(cost.period_end))
			part = metering.part_of(share, window, span)
			if part:
				facts = [cost.title, plain(cost.amount), cost.basis, plain(weight), plain(share)]
				result.append(Charge(part, {"pool": facts}))
		return result


def unit_rows(costs: list[str]) -> dict[str, dict[str, dict]]:
	"""Exclusions and weights of shared costs: cost → unit → row."""
	result: dict[str, dict[str, dict]] = defaultdict(dict)
	for row in frappe.get_all(
		"Shared Cost Unit",
		filters={"parent": ["in", costs or [""]]},
		fields=["parent", "unit", "effect", "weight"],
	):
		result[row.parent][row.unit] = row
	return result


class PoolUnit(NamedTuple):
	"""What a shared cost keeps of a unit: the whole project is divided at once, so that it has to be little."""

	name: str
	unit_code: str


def shares_of(cost: dict, exceptions: dict[str, dict]) -> list[tuple[PoolUnit, Decimal, Decimal]]:
	"""(unit, weight, share in yuan) of a shared cost over all units that take part; the shares sum to its amount.

	The units are read in parts; only names and weights stay. Raises WrongSharedCost when nobody takes part.
	"""
	taking_part, after = [], ""
	# lint: allow query-in-loop: one query for each part of the project
	while units := registry.units(cost["project"], after=after, limit=UNITS_PER_PART):
		for unit in units:
			row = exceptions.get(unit["name"])
			if (cost["building"] and unit["building"] != cost["building"]) or (row and row["effect"] == "Exclude"):
				continue
			weight = weight_of(unit, cost["basis"], row)
			if weight > 0:
				taking_part.append((PoolUnit(unit["name"], unit["unit_code"]), weight))
		after = units[-1]["name"]
	if not taking_part:
		frappe.throw(
			_("No unit takes part in this cost. Look at the building, the basis and the excluded units."),
			WrongSharedCost,
		)
	shares = split(D(cost["amount"]), [weight for _unit, weight in taking_part])
	return [(unit, weight, share) for (unit, weight), share in zip(taking_part, shares, strict=True)]


def weight_of(unit: dict, basis: str, row: dict | None) -> Decimal:
	if row and row["effect"] == "Weight":
		return D(row["weight"])
	if basis == "Building Area":
		return D(unit["building_area"])
	if basis == "Inner Area":
		return D(unit["inner_area"])
	if basis == "People":
		return D(unit["residents_count"])
	return Decimal(0) if basis == "Weight" else Decimal(1)


class ListedCharges(TariffKind):
	"""Approved Unit Charges dated in the period: imported amounts, one-off services."""

	price_unit = "yuan as listed"
	quantity_unit = "yuan"
	description = "Amounts that are listed or imported unit by unit"
	monthly = False
	priced = False

	def load(self, units: Iterable[dict], period: Span) -> None:
		self.listed: dict[str, list[dict]] = defaultdict(list)
		charge, invoice = frappe.qb.DocType("Unit Charge"), frappe.qb.DocType("Fee Invoice")
		rows = (
			frappe.qb.from_(charge)
			.left_join(invoice)
			.on((invoice.name == charge.invoice) & (invoice.docstatus == 1))
			.select(charge.name, charge.unit, charge.charge_date, charge.amount, charge.description)
			.where(
				charge.unit.isin([unit["name"] for unit in units] or [""])
				& (charge.fee_item == self.tariff["fee_item"])
				& (charge.workflow_state == "Approved")
				& (charge.charge_date >= period.start)
				& (charge.charge_date <= period.end)
				& invoice.name.isnull()  # what was billed alone is not billed by a run
			)
			.orderby(charge.unit, charge.charge_date, charge.name)
			.run(as_dict=True)
		)
		for row in rows:
			self.listed[row.unit].append(row)

	def charges(self, unit: dict, span: Span) -> list[Charge]:
		return [
			Charge(D(row.amount), {"charge": row.name, "description": row.description}, key=f"charge|{row.name}")
			for row in self.listed.get(unit["name"], ())
			if span.start <= getdate(row.charge_date) <= span.end
		]


KINDS = {
	"Meter": Meter,
	"Tiered Meter": TieredMeter,
	"Shared Pool": SharedPool,
	"Listed Charges": ListedCharges,
}
