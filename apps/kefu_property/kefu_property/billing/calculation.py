"""From tariffs, assignments and payers to bills, for one unit at a time and without a query (DESIGN §4.1).

`Calculator` holds what a run has loaded once; `bills` is pure arithmetic over it, so that preview, publication and
explanation cannot disagree.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from kefu_property.billing.kinds import CannotCharge, Charge, TariffKind
from kefu_property.rules import periods, tariffs
from kefu_property.rules.periods import ONE_DAY, Span

# reasons of skips: sources of translation, kept in English in the database
NO_PAYER = "No payer"
NO_PRICE = "No approved price on the day"
TWO_TARIFFS = "Two tariffs of one item apply"
EXEMPT = "Exempt"
ALREADY_BILLED = "Already billed"
NOTHING = "Amount is zero"
NOT_CHARGEABLE = "Cannot be calculated"
FAILED = "Error in the calculation"
SKIP_REASONS = (NO_PAYER, NO_PRICE, TWO_TARIFFS, EXEMPT, ALREADY_BILLED, NOTHING, NOT_CHARGEABLE, FAILED)


@dataclass(slots=True)
class Tariff:
	"""A tariff in force with its approved versions, as a run uses it."""

	name: str
	fee_item: str
	kind: TariffKind
	versions: list[tariffs.Version]
	proration_mode: str
	first_period_rule: str
	rounding_unit: str
	rounding_mode: str
	minimum: Decimal
	maximum: Decimal
	tax_rate: Decimal
	due_day: int
	due_months_offset: int
	priority: int
	#: what a vacant unit pays in percent of the price (0: all) after so many months of vacancy (L10)
	vacancy_percent: Decimal = Decimal(0)
	vacancy_after_months: int = 0


class Assignment(NamedTuple):
	"""Whom a tariff concerns; the empty string stands for "all"."""

	tariff: str
	charges: bool
	building: str
	unit_type: str
	unit: str
	start: datetime.date | None
	end: datetime.date | None

	@property
	def rank(self) -> int:
		"""How special it is: a unit before building and type, building, type, project."""
		return 8 * bool(self.unit) + 2 * bool(self.building) + bool(self.unit_type)

	def holds(self, day: datetime.date) -> bool:
		return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


class Payer(NamedTuple):
	resident: str
	start: datetime.date
	end: datetime.date | None
	is_developer: bool


class Vacancy(NamedTuple):
	"""An approved vacancy of a unit; `end` None = it lasts."""

	start: datetime.date
	end: datetime.date | None

	def reduced(self, after_months: int) -> datetime.date:
		"""The first day that bears the reduced price."""
		return periods.add_months(self.start, after_months)


class Skip(NamedTuple):
	unit: str
	fee_item: str
	tariff: str | None
	reason: str
	detail: str


@dataclass(slots=True)
class Line:
	"""One line of a bill to be; `raw` and `factor` are texts as printed.

	A line of a plan knows its amount at once and the rest by `complete`, which only writing needs.
	"""

	fee_item: str
	tariff: str | None
	price_version: str | None
	charge_key: str | None
	span: Span
	quantity: Decimal
	quantity_unit: str
	price: Decimal
	factor: str
	raw: str
	amount: Decimal
	tax: Decimal
	priority: int
	explanation: dict
	finish: Callable[[], tuple[str, Decimal, dict]] | None = None

	def complete(self) -> Line:
		"""Fill in `raw`, `tax` and `explanation`."""
		if self.finish:
			self.raw, self.tax, self.explanation = self.finish()
			self.finish = None
		return self


@dataclass(slots=True)
class Bill:
	unit: dict
	resident: str
	due_date: datetime.date
	lines: list[Line] = field(default_factory=list)

	@property
	def total(self) -> Decimal:
		return sum((line.amount for line in self.lines), Decimal("0.00"))


class Calculator:
	"""Bills of any unit for one period, over tariffs and assignments that were loaded once."""

	def __init__(
		self,
		period: Span,
		all_tariffs: Iterable[Tariff],
		assignments: Iterable[Assignment],
		vacancies: Mapping[str, Sequence[Vacancy]] | None = None,
	):
		self.period = period
		self.vacancies = vacancies or {}
		self.tariffs = {tariff.name: tariff for tariff in all_tariffs}
		self.items = list(
			dict.fromkeys(
				tariff.fee_item for tariff in sorted(self.tariffs.values(), key=lambda t: (t.priority, t.fee_item))
			)
		)
		# by item, then by what an assignment names: a unit looks up at most five keys
		self._assigned: dict[str, dict[tuple, list[Assignment]]] = defaultdict(lambda: defaultdict(list))
		for row in assignments:
			if row.tariff in self.tariffs:
				key = (row.unit,) if row.unit else (row.building, row.unit_type)
				self._assigned[self.tariffs[row.tariff].fee_item][key].append(row)

	def load(self, units: Sequence[dict]) -> None:
		for tariff in self.tariffs.values():
			tariff.kind.load(units, self.period)

	def bills(
		self, unit: dict, payers: Sequence[Payer], billed: dict[str, list[Span]]
	) -> tuple[list[Bill], list[Skip]]:
		"""Bills and skips of a unit.

		`payers` are the dated payers of the unit, `billed` the spans already on a valid bill, by tariff. An error in one
		unit is a skip with its text, never a stop of the run.
		"""
		lines: list[tuple[str, datetime.date, Line]] = []
		skips: list[Skip] = []
		for item in self.items:
			try:
				lines += self._item(unit, item, payers, billed, skips)
			except (ValueError, ArithmeticError, KeyError, TypeError) as error:
				skips.append(Skip(unit["name"], item, None, FAILED, f"{type(error).__name__}: {error}"))
		bills: dict[tuple[str, datetime.date], Bill] = {}
		for resident, due, line in lines:
			bill = bills.get((resident, due))
			if bill is None:
				bill = bills[resident, due] = Bill(unit, resident, due)
			bill.lines.append(line)
		return list(bills.values()), skips

	def _item(self, unit, item, payers, billed, skips):
		rows = self._rows(unit, item)
		if not rows:
			return []
		parts: dict[str, list[tuple[tariffs.Part, Charge]]] = defaultdict(list)
		seen: set[tuple] = set()

		def skip(tariff: str | None, reason: str, detail: str = "") -> None:
			if (tariff, reason, detail) not in seen:
				seen.add((tariff, reason, detail))
				skips.append(Skip(unit["name"], item, tariff, reason, detail))

		vacancies = self.vacancies.get(unit["name"], ())
		for span, tariff, resident in self._segments(rows, payers, vacancies, skip):
			if any(periods.overlap(span, done) for done in billed.get(tariff.name, ())):
				skip(tariff.name, ALREADY_BILLED, f"{self.period.start} – {self.period.end}")
				continue
			if resident is None:
				skip(tariff.name, NO_PAYER, f"{span.start} – {span.end}")
				continue
			version = tariffs.version_on(tariff.versions, span.start)
			if version is None:
				skip(tariff.name, NO_PRICE, str(span.start))
				continue
			try:
				charges = tariff.kind.charges(unit, span)
			except CannotCharge as error:
				skip(tariff.name, NOT_CHARGEABLE, str(error))
				continue
			vacancy = vacant_on(vacancies, tariff, span.start)
			if vacancy:
				charges = [reduced(charge, vacancy, tariff.vacancy_percent) for charge in charges]
			factor = tariff.kind.factor(span, tariff.proration_mode)
			found = parts[tariff.name]
			earlier = found[-1][0] if found else None
			if (
				tariff.kind.monthly
				and earlier
				and (earlier.payer, earlier.version, earlier.quantity) == (resident, version.name, charges[0].quantity)
				and earlier.price == price_of(charges[0], version)
				and earlier.span.end + ONE_DAY == span.start
			):
				found[-1] = (
					replace(earlier, span=Span(earlier.span.start, span.end), factor=earlier.factor + factor),
					charges[0],
				)
				continue
			for charge in charges:
				part = tariffs.Part(span, resident, version.name, price_of(charge, version), charge.quantity, factor)
				found.append((part, charge))
		result = []
		for name, found in parts.items():
			result += self._lines(unit, self.tariffs[name], [row for row in found if row[0].factor], skip)
		return result

	def _rows(self, unit: dict, item: str) -> list[Assignment]:
		"""Assignments of an item that name this unit, in whatever way."""
		index = self._assigned[item]
		building, kind = unit.get("building") or "", unit.get("unit_type") or ""
		keys = dict.fromkeys([(unit["name"],), (building, kind), (building, ""), ("", kind), ("", "")])
		return [row for key in keys if key in index for row in index[key]]

	def _segments(self, rows, payers, vacancies, skip):
		"""Cut the period where payer, assignment, vacancy or price change; yield (span, tariff, resident or None)."""
		chosen: dict[str, list[Payer]] = {}
		starts: set[datetime.date] = set()
		for row in rows:
			tariff = self.tariffs[row.tariff]
			if tariff.name not in chosen:
				chosen[tariff.name] = handed_over(payers, tariff.first_period_rule)
				for payer in chosen[tariff.name]:
					starts.add(payer.start)
					if payer.end:
						starts.add(payer.end + ONE_DAY)
				starts.update(version.start for version in tariff.versions)
				starts.update(version.end + ONE_DAY for version in tariff.versions if version.end)
				if tariff.vacancy_percent:
					starts.update(vacancy.reduced(tariff.vacancy_after_months) for vacancy in vacancies)
					starts.update(vacancy.end + ONE_DAY for vacancy in vacancies if vacancy.end)
			if row.start:
				starts.add(row.start)
			if row.end:
				starts.add(row.end + ONE_DAY)
		for span in periods.cut(self.period, starts):
			valid = [row for row in rows if row.holds(span.start)]
			if not valid:
				continue
			best = max(row.rank for row in valid)
			top = [row for row in valid if row.rank == best]
			if len({(row.tariff, row.charges) for row in top}) > 1:
				skip(None, TWO_TARIFFS, ", ".join(sorted({row.tariff for row in top})))
				continue
			tariff = self.tariffs[top[0].tariff]
			if not top[0].charges:
				skip(tariff.name, EXEMPT)
				continue
			resident = next(
				(
					p.resident
					for p in chosen[tariff.name]
					if p.start <= span.start and (p.end is None or span.start <= p.end)
				),
				None,
			)
			yield span, tariff, resident

	def _lines(self, unit, tariff: Tariff, found: list[tuple[tariffs.Part, Charge]], skip):
		if not found:
			return
		parts = [part for part, _charge in found]
		raws, amounts = tariffs.charge(
			parts, tariff.rounding_unit, tariff.rounding_mode, tariff.minimum, tariff.maximum
		)
		due = periods.due_date(self.period, tariff.due_day, tariff.due_months_offset)
		for index, ((part, charge), raw, amount) in enumerate(zip(found, raws, amounts, strict=True)):
			if not amount:
				skip(tariff.name, NOTHING)
				continue
			yield (
				part.payer,
				due,
				Line(
					fee_item=tariff.fee_item,
					tariff=tariff.name,
					price_version=part.version,
					charge_key=charge.key or f"{tariff.name}|{unit['name']}|{self.period.start}|{index}",
					span=part.span,
					quantity=part.quantity,
					quantity_unit=tariff.kind.quantity_unit,
					price=part.price,
					factor=str(part.factor),
					raw="",
					amount=amount,
					tax=Decimal(0),
					priority=tariff.priority,
					explanation={},
					finish=partial(details, tariff, part, charge, raw, amount, amounts),
				),
			)


def details(
	tariff: Tariff, part: tariffs.Part, charge: Charge, raw: Fraction, amount: Decimal, amounts: Sequence[Decimal]
) -> tuple[str, Decimal, dict]:
	"""Raw amount as text, tax and explanation of a line whose item has these `amounts` in all its parts."""
	explanation = {
		**charge.facts,
		"kind": type(tariff.kind).__name__,
		"mode": tariff.proration_mode,
		"days": part.span.days,
		"exact": tariffs.text_of(part.raw),
		"unit": tariff.rounding_unit,
		"rounding": tariff.rounding_mode,
	}
	if raw != part.raw:
		explanation |= {"minimum": str(tariff.minimum or ""), "maximum": str(tariff.maximum or "")}
	if len(amounts) > 1:
		explanation |= {"parts": len(amounts), "whole": str(sum(amounts))}
	if tariff.tax_rate:
		explanation["tax_rate"] = f"{tariff.tax_rate.normalize():f}"
	text = explanation["exact"] if raw is part.raw else tariffs.text_of(raw)
	return text, tariffs.tax_within(amount, tariff.tax_rate), explanation


def price_of(charge: Charge, version: tariffs.Version) -> Decimal:
	return charge.price(version.price) if charge.price else version.price


def vacant_on(vacancies: Sequence[Vacancy], tariff: Tariff, day: datetime.date) -> Vacancy | None:
	"""The vacancy that lowers the price of a tariff on a day (L10)."""
	if not tariff.vacancy_percent:
		return None
	for vacancy in vacancies:
		if vacancy.reduced(tariff.vacancy_after_months) <= day and (vacancy.end is None or day <= vacancy.end):
			return vacancy
	return None


def reduced(charge: Charge, vacancy: Vacancy, percent: Decimal) -> Charge:
	"""The charge of a vacant unit: the price times the percentage, to four decimals."""
	full = charge.price

	def price(basis: Decimal) -> Decimal:
		whole = full(basis) if full else basis
		return (whole * percent / 100).quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)

	return charge._replace(
		price=price, facts=charge.facts | {"vacancy": [str(vacancy.start), f"{percent.normalize():f}"]}
	)


def handed_over(payers: Sequence[Payer], rule: str) -> list[Payer]:
	"""Payers by date, with the hand-over month given to whom the city's rule names (L9).

	The rule concerns the first owner only: one who follows the developer or nobody. A later change of owner divides the
	month by the tariff's proration.
	"""
	result: list[Payer] = []
	for payer in sorted(payers, key=lambda p: p.start):
		before = result[-1] if result else None
		follows = before and before.end and before.end + ONE_DAY >= payer.start
		if payer.is_developer or (follows and not before.is_developer) or not payer.start:
			result.append(payer)
			continue
		start = periods.first_period_start(payer.start, rule)
		if follows:
			if start <= before.start:
				result.pop()
			else:
				result[-1] = before._replace(end=start - ONE_DAY)
		result.append(payer._replace(start=start))
	return [payer for payer in result if payer.end is None or payer.start <= payer.end]
