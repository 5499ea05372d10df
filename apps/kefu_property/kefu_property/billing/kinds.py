"""Kinds of tariffs. An app adds its own through the hook `kefu_tariff_kinds = {"Kind": "dotted.path.of.Class"}`.

A kind says how much is charged; price versions, proration, rounding, bounds and tax are the same for all kinds.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

import frappe
from frappe import _

from kefu_property.billing import deposits
from kefu_property.billing.exceptions import WrongTariff
from kefu_property.registry import api as registry
from kefu_property.rules import formula, periods, tariffs
from kefu_property.rules.money import D
from kefu_property.rules.periods import Span


class CannotCharge(Exception):
	"""This unit cannot be charged; the message is the reason shown to people. It is a reported skip, never a price of 0."""


class Charge(NamedTuple):
	"""One line: a quantity, facts for its explanation, how its price follows from the version's (None: the same), and what is
	charged once and never again whatever the run (None: by tariff, unit and period)."""

	quantity: Decimal
	facts: dict
	price: Callable[[Decimal], Decimal] | None = None
	key: str | None = None


class TariffKind:
	"""Base of all kinds. One instance serves one run for one tariff."""

	#: the money is held for the payer and returned: a run asks for it in the register of deposits, no bill claims it
	deposit = False
	#: what one price is for, as printed
	price_unit = "yuan"
	#: the quantity, as printed
	quantity_unit = ""
	#: True when the quantity is per month and is multiplied by the months of the period
	monthly = True
	#: False when the quantity is an amount of yuan already: then the price is 1
	priced = True
	description = ""

	def __init__(self, tariff: dict):
		self.tariff = tariff

	def check(self) -> None:
		"""Raise frappe.ValidationError when the tariff lacks what this kind needs. Called when a tariff is saved."""

	def load(self, units: Iterable[dict], period: Span) -> None:
		"""Read what `charges` needs for a chunk of units, set-based. Called once for each chunk."""

	def quantity(self, unit: dict, span: Span) -> tuple[Decimal, dict]:
		"""How much is charged to a unit for a span, and facts for the explanation. Raises CannotCharge."""
		raise NotImplementedError

	def charges(self, unit: dict, span: Span) -> list[Charge]:
		"""The lines of a unit for a span: one of `quantity`, unless a kind divides it. A monthly kind returns exactly one."""
		return [Charge(*self.quantity(unit, span))]

	def factor(self, span: Span, mode: str) -> Fraction:
		"""By what the quantity is multiplied: the months of a span for a monthly kind, else 1. Adds up over any division."""
		return periods.months_factor(span, mode) if self.monthly else Fraction(1)


class Fixed(TariffKind):
	"""The same amount for every unit and month."""

	price_unit = "yuan per unit and month"
	quantity_unit = "unit"
	description = "The same amount for every unit and month"

	def quantity(self, unit: dict, span: Span) -> tuple[Decimal, dict]:
		return Decimal(1), {}


class AreaPrice(TariffKind):
	"""Area × price, the usual property fee."""

	price_unit = "yuan per m² and month"
	quantity_unit = "m²"
	description = "Area of the unit × price"

	def quantity(self, unit: dict, span: Span) -> tuple[Decimal, dict]:
		field = "inner_area" if self.tariff.get("area_basis") == "Inner Area" else "building_area"
		area = D(unit.get(field))
		if area <= 0:
			raise CannotCharge(_("The unit has no area"))
		return area, {"basis": self.tariff.get("area_basis") or "Building Area"}


class HeatingSeason(AreaPrice):
	"""Area × price of a whole heating season; a period bears the days of the season that fall into it."""

	price_unit = "yuan per m² and season"
	description = "Area × price of a heating season, by the days of the season in the period"
	monthly = False

	def check(self) -> None:
		try:
			self.season(datetime.date(2024, 1, 1))
		except (ValueError, TypeError):
			frappe.throw(
				_("Give the first and last day of the heating season as month-day, such as 11-15."), WrongTariff
			)

	def season(self, day: datetime.date) -> Span:
		"""The season that a day lies in, or the next one."""
		first, last = (
			tuple(int(part) for part in str(self.tariff.get(field) or "").split("-"))
			for field in ("season_start", "season_end")
		)
		for year in (day.year - 1, day.year, day.year + 1):
			start = datetime.date(year, *first)
			end = datetime.date(year + (last < first), *last)
			if end >= day:
				return Span(start, end)
		raise ValueError(day)

	def charges(self, unit: dict, span: Span) -> list[Charge]:
		season = self.season(span.start)
		inside = periods.overlap(season, span)
		if not inside:
			return []
		quantity, facts = self.quantity(unit, span)
		return [Charge(quantity, facts | {"season": [str(season.start), str(season.end), inside.days, season.days]})]

	def factor(self, span: Span, mode: str) -> Fraction:
		season = self.season(span.start)
		inside = periods.overlap(season, span)
		return Fraction(inside.days, season.days) if inside else Fraction(0)


class PerHead(TariffKind):
	"""People registered in the home × price."""

	price_unit = "yuan per person and month"
	quantity_unit = "person"
	description = "People registered in the home × price"

	def quantity(self, unit: dict, span: Span) -> tuple[Decimal, dict]:
		people = int(unit.get("residents_count") or 0)
		if not people:
			raise CannotCharge(_("Nobody is registered in the home"))
		return Decimal(people), {}


class PerVehicle(TariffKind):
	"""Vehicles registered for the home on the first day of a span × price."""

	price_unit = "yuan per vehicle and month"
	quantity_unit = "vehicle"
	description = "Vehicles registered for the home × price"

	def load(self, units: Iterable[dict], period: Span) -> None:
		self.vehicles = registry.vehicles_of_units([unit["name"] for unit in units], period.start, period.end)

	def charges(self, unit: dict, span: Span) -> list[Charge]:
		found = [v for v in self.vehicles.get(unit["name"], ()) if v["from_date"] <= span.start <= v["to_date"]]
		return [Charge(Decimal(len(found)), {"plates": [v["plate_number"] for v in found]})]


class OneOff(TariffKind):
	"""The same amount once for every unit, whatever the periods of the runs."""

	price_unit = "yuan per unit, once"
	quantity_unit = "unit"
	description = "The same amount once for every unit"
	monthly = False

	def load(self, units: Iterable[dict], period: Span) -> None:
		"""What was charged outside the period; what lies in it is the run's own check."""
		self.given: set[str] = set()
		keys = {self.key(unit["name"]): unit["name"] for unit in units}
		rows = frappe.db.sql(
			"""select charge_key from `tabFee Invoice Line` where charge_key in %(keys)s
			and (period_to < %(start)s or period_from > %(end)s)""",
			{"keys": tuple(keys) or ("",), "start": period.start, "end": period.end},
		)
		self.charged = {keys[key] for (key,) in rows}

	def key(self, unit: str) -> str:
		return f"once|{self.tariff['name']}|{unit}"

	def charges(self, unit: dict, span: Span) -> list[Charge]:
		name = unit["name"]
		if name in self.charged or name in self.given:
			return []
		self.given.add(name)  # a later payer of the same period does not bear it again
		return [Charge(Decimal(1), {"once": True}, key=self.key(name))]


class Deposit(OneOff):
	"""A deposit of a fixed amount, asked for once: a run drafts a Fee Deposit for each unit, which the cashier takes."""

	deposit = True

	price_unit = "yuan of deposit per unit"
	description = "A deposit of a fixed amount, once for every unit"

	def load(self, units: Iterable[dict], period: Span) -> None:
		"""Besides the bills of earlier versions: deposits that runs of other periods asked for and that were not given up."""
		super().load(units, period)
		self.charged |= deposits.asked_outside(self.tariff["name"], [unit["name"] for unit in units], period)

	def check(self) -> None:
		item = self.tariff.get("fee_item")
		if item and frappe.get_cached_value("Fee Item", item, "category") != "Deposit":
			frappe.throw(
				_("A tariff of deposits names a fee item of the category {0}.").format(_("Deposit")), WrongTariff
			)
		if D(self.tariff.get("tax_rate")):
			frappe.throw(_("A deposit bears no tax."), WrongTariff)


class Formula(TariffKind):
	"""A formula over named facts of the unit gives the quantity (`rules.formula`: arithmetic only)."""

	price_unit = "yuan per month and formula unit"
	description = "Quantity by a formula over area, inner_area and people"
	VARIABLES = frozenset({"area", "inner_area", "people"})

	def check(self) -> None:
		try:
			formula.parse(self.tariff.get("formula") or "", self.VARIABLES)
		except formula.WrongFormula as error:
			frappe.throw(
				_("The formula cannot be read at {0}. Use numbers, + - * / ( ), min, max and the names {1}.").format(
					frappe.utils.escape_html(error.args[0]), ", ".join(sorted(self.VARIABLES))
				),
				WrongTariff,
			)

	def quantity(self, unit: dict, span: Span) -> tuple[Decimal, dict]:
		if not hasattr(self, "tree"):
			self.tree = formula.parse(self.tariff.get("formula") or "", self.VARIABLES)
		values = {
			"area": D(unit.get("building_area")),
			"inner_area": D(unit.get("inner_area")),
			"people": int(unit.get("residents_count") or 0),
		}
		try:
			value = tariffs.decimal_of(formula.evaluate(self.tree, values)).quantize(Decimal("0.001"))
		except (ZeroDivisionError, InvalidOperation):
			raise CannotCharge(_("The formula has no result for this unit")) from None
		if value < 0:
			raise CannotCharge(_("The formula gives a negative quantity"))
		return value, {
			"formula": self.tariff.get("formula"),
			"values": {name: str(value) for name, value in values.items()},
		}


BUILT_IN = {
	"Fixed": Fixed,
	"Area × Price": AreaPrice,
	"Heating Season": HeatingSeason,
	"Per Head": PerHead,
	"Per Vehicle": PerVehicle,
	"One-off": OneOff,
	"Deposit": Deposit,
	"Formula": Formula,
}


def all_kinds() -> dict[str, type[TariffKind]]:
	"""Kinds of the suite and of installed apps, by name."""
	from kefu_property.billing import usage_kinds  # it builds on this module

	offered = frappe.get_hooks("kefu_tariff_kinds") or {}
	return (
		BUILT_IN
		| usage_kinds.KINDS
		| {name: _load(paths[-1] if isinstance(paths, list) else paths) for name, paths in offered.items()}
	)


@lru_cache(maxsize=32)
def _load(path: str) -> type[TariffKind]:
	kind = frappe.get_attr(path)
	if not issubclass(kind, TariffKind):
		raise TypeError(f"{path} is not a TariffKind")
	return kind


def sync() -> None:
	"""Make the rows of Fee Tariff Kind follow what installed apps offer."""
	existing = set(frappe.get_all("Fee Tariff Kind", pluck="name"))
	for name, kind in all_kinds().items():
		values = {
			"price_unit": kind.price_unit,
			"monthly": int(kind.monthly),
			"description": kind.description,
			"provider": kind.__module__.partition(".")[0],
		}
		if name in existing:
			frappe.db.set_value("Fee Tariff Kind", name, values)  # lint: allow query-in-loop: a dozen kinds, at set-up
		else:
			# lint: allow query-in-loop: a dozen kinds, at set-up
			frappe.get_doc({"doctype": "Fee Tariff Kind", "kind": name, **values}).insert(
				ignore_permissions=True
			)  # set-up
