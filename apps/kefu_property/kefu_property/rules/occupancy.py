"""Who holds a home from when to when: rules over dated rows (D1, D19, L9).

A row is a mapping with `name`, `resident`, `relation`, `share` (percent), `is_payer`, `from_date`, `to_date`. Dates are
`datetime.date`; `to_date` is the last day and may be None (open). No row touches a database here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

OWNER = "Owner"
CO_OWNER = "Co-owner"
TENANT = "Tenant"
FAMILY = "Family"
DEVELOPER = "Developer"
RELATIONS = (OWNER, CO_OWNER, TENANT, FAMILY, DEVELOPER)
HOLDERS = (OWNER, CO_OWNER, DEVELOPER)

ONE_DAY = timedelta(days=1)
FULL = Decimal(100)

Row = Mapping[str, Any]


class OccupancyConflict(ValueError):
	"""The rows contradict each other; `rule` names the rule, `rows` are the two or more that clash, `day` is the first bad day."""

	def __init__(self, rule: str, rows: Sequence[Row], day: date):
		super().__init__(f"{rule} on {day}")
		self.rule, self.rows, self.day = rule, list(rows), day


def covers(row: Row, day: date) -> bool:
	return row["from_date"] <= day and (row.get("to_date") is None or day <= row["to_date"])


def overlap(one: Row, other: Row) -> date | None:
	"""First day on which both rows hold, or None."""
	first = max(one["from_date"], other["from_date"])
	return first if covers(one, first) and covers(other, first) else None


def check(rows: Iterable[Row]) -> None:
	"""Raise OccupancyConflict unless the rows of one unit fit together on every day.

	Rules: `dates` (last day not before the first), `payer` (at most one), `share` (shares of owners and co-owners at most
	100 %), `owner` (at most one main owner), `developer` (no developer beside an owner), `duplicate` (one person once
	per relation).
	"""
	rows = [row for row in rows if not _check_dates(row)]
	# something can begin to clash only on a day on which a row begins
	for day in sorted({row["from_date"] for row in rows}):
		present = [row for row in rows if covers(row, day)]
		payers = [row for row in present if row.get("is_payer")]
		owners = [row for row in present if row["relation"] == OWNER]
		holders = [row for row in present if row["relation"] in (OWNER, CO_OWNER)]
		developers = [row for row in present if row["relation"] == DEVELOPER]
		seen: dict[tuple, Row] = {}
		for row in present:
			key = (row["resident"], row["relation"])
			if key in seen:
				raise OccupancyConflict("duplicate", [seen[key], row], day)
			seen[key] = row
		if len(payers) > 1:
			raise OccupancyConflict("payer", payers, day)
		if len(owners) > 1:
			raise OccupancyConflict("owner", owners, day)
		if len(developers) > 1 or (developers and holders):
			raise OccupancyConflict("developer", [*developers, *holders], day)
		if sum((share_of(row) for row in holders), Decimal(0)) > FULL:
			raise OccupancyConflict("share", holders, day)


def _check_dates(row: Row) -> None:
	if row.get("to_date") is not None and row["to_date"] < row["from_date"]:
		raise OccupancyConflict("dates", [row], row["from_date"])


def share_of(row: Row) -> Decimal:
	return Decimal(str(row.get("share") or 0))


def payer_on(rows: Iterable[Row], day: date) -> Row | None:
	return next((row for row in rows if row.get("is_payer") and covers(row, day)), None)


def owner_on(rows: Iterable[Row], day: date) -> Row | None:
	"""The row of the main owner, else of the largest co-owner, else of the developer."""
	present = [row for row in rows if covers(row, day) and row["relation"] in HOLDERS]
	rank = {OWNER: 0, CO_OWNER: 1, DEVELOPER: 2}
	return min(present, key=lambda row: (rank[row["relation"]], -share_of(row), row["from_date"]), default=None)


def status_on(row: Row, day: date) -> str:
	"""`Future`, `Current` or `Ended`."""
	if row["from_date"] > day:
		return "Future"
	return "Current" if covers(row, day) else "Ended"


@dataclass
class MovePlan:
	"""What a move does to the rows of one unit: `end` maps row names to their new last day, `create` are new rows."""

	end: dict[str, date] = field(default_factory=dict)
	create: list[dict] = field(default_factory=list)


def plan_move(
	rows: Sequence[Row], leaving: Iterable[str], incoming: Iterable[Row], payer: str | None, effective: date
) -> MovePlan:
	"""Plan the change of a unit on the day `effective`, the first day of the new state.

	`leaving` are names of rows that end the day before; `incoming` are new rows with `resident`, `relation`, `share`;
	`payer` is the resident who pays from that day on, None for nobody new. A row that goes on but gains or loses the duty to pay is
	split at `effective`, so that the past keeps its payer. Raises OccupancyConflict when the result does not hold
	together, `started` when a changed row begins on or after `effective`, `stranger` when the payer is nobody of the unit.
	"""
	plan, leaving, incoming = MovePlan(), set(leaving), list(incoming)
	newcomer = next((number for number, row in enumerate(incoming) if row["resident"] == payer), None)
	pays_on = None
	if payer and newcomer is None:
		staying = [
			row for row in rows if row["name"] not in leaving and covers(row, effective) and row["resident"] == payer
		]
		if not staying:
			raise OccupancyConflict("stranger", [], effective)
		pays_on = max(staying, key=lambda row: bool(row.get("is_payer")))["name"]

	after: list[Row] = []
	for row in rows:
		leaves = row["name"] in leaving
		changes_duty = payer and covers(row, effective) and bool(row.get("is_payer")) != (row["name"] == pays_on)
		if not leaves and not changes_duty:
			after.append(row)
			continue
		if row["from_date"] >= effective:
			raise OccupancyConflict("started", [row], row["from_date"])
		plan.end[row["name"]] = min(effective - ONE_DAY, row.get("to_date") or date.max)
		after.append({**row, "to_date": plan.end[row["name"]]})
		if not leaves:
			goes_on = {key: row.get(key) for key in ("resident", "relation", "share", "to_date")}
			plan.create.append({**goes_on, "from_date": effective, "is_payer": int(row["name"] == pays_on)})
	for number, new in enumerate(incoming):
		plan.create.append(
			{
				"resident": new["resident"],
				"relation": new["relation"],
				"share": new.get("share") or 0,
				"from_date": effective,
				"to_date": new.get("to_date"),
				"is_payer": int(number == newcomer),
			}
		)
	check([*after, *({**row, "name": f"new-{number}"} for number, row in enumerate(plan.create))])
	return plan
