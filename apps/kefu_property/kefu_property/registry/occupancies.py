"""Occupancy rows in the database: read under lock, checked by the rules, summarised on the unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

import frappe
from frappe import _
from frappe.utils import format_date, getdate

from kefu_property.registry import bulk
from kefu_property.registry.exceptions import (
	MoveConflict,
	OccupancyDates,
	OccupancyTwice,
	SharesExceedWhole,
	TwoOwners,
	TwoPayers,
)
from kefu_property.rules import occupancy as rules

FIELDS = (
	"name",
	"unit",
	"resident",
	"resident_name",
	"relation",
	"share",
	"is_payer",
	"from_date",
	"to_date",
	"status",
)


def rows_of(units: Iterable[str], lock: bool = False) -> dict[str, list[dict]]:
	"""Occupancy rows by unit. With `lock` the units and rows are locked, so that two desks cannot both add a payer."""
	units = list(units)
	if not units:
		return {}
	if lock:
		table = frappe.qb.DocType("Property Unit")
		frappe.qb.from_(table).select(table.name).where(table.name.isin(units)).orderby(table.name).for_update().run()
	table = frappe.qb.DocType("Unit Occupancy")
	query = frappe.qb.from_(table).select(*FIELDS).where(table.unit.isin(units)).orderby(table.from_date, table.name)
	found = defaultdict(list)
	for row in (query.for_update() if lock else query).run(as_dict=True):
		found[row.unit].append(row)
	return found


def check(unit: str, rows: Sequence[dict]) -> None:
	"""Raise the exception of the broken rule, with a message that names the home, the day and the persons."""
	try:
		rules.check(rows)
	except rules.OccupancyConflict as conflict:
		explain(unit, conflict)


def explain(unit: str, conflict: rules.OccupancyConflict) -> None:
	names = ", ".join(dict.fromkeys(row.get("resident_name") or row["resident"] for row in conflict.rows))
	day = format_date(conflict.day)
	texts = {
		"dates": (OccupancyDates, _("{0}: the last day of {2} lies before the first. Correct the dates.")),
		"payer": (TwoPayers, _("{0} would have two payers on {1}: {2}. End the duty of one the day before.")),
		"owner": (TwoOwners, _("{0} would have two main owners on {1}: {2}. Enter the second as co-owner.")),
		"developer": (
			TwoOwners,
			_("{0} would have the developer beside other holders on {1}: {2}. End the developer's row first."),
		),
		"share": (SharesExceedWhole, _("{0}: the shares of {2} exceed 100 % on {1}. Correct the shares or dates.")),
		"duplicate": (OccupancyTwice, _("{0}: {2} is entered twice in the same relation on {1}. Use one row.")),
		"started": (
			MoveConflict,
			_("{0}: the occupancy of {2} begins on {1}, not before the effective date. Choose a later date."),
		),
		"stranger": (MoveConflict, _("{0}: the new payer neither lives in the home nor comes with this move on {1}.")),
	}
	error, text = texts[conflict.rule]
	frappe.throw(text.format(unit, day, names), error)


def carry_out(
	project: str, unit: str, rows: Sequence[dict], plan: rules.MovePlan, move_request: str | None = None
) -> None:
	"""Write what a move does to the locked rows of a home. The caller has checked the plan and refreshes the unit."""
	today = getdate()
	by_name = {row["name"]: row for row in rows}
	bulk.update(
		"Unit Occupancy",
		[
			{"name": name, "to_date": last, "status": rules.status_on({**by_name[name], "to_date": last}, today)}
			for name, last in plan.end.items()
		],
	)
	names = dict(
		frappe.get_all(
			"Resident",
			filters={"name": ["in", [row["resident"] for row in plan.create] or [""]]},
			fields=["name", "resident_name"],
			as_list=True,
		)
	)
	bulk.insert(
		"Unit Occupancy",
		[
			{
				"name": frappe.generate_hash(length=10),
				"project": project,
				"unit": unit,
				"resident_name": names[row["resident"]],
				"status": rules.status_on(row, today),
				"move_request": move_request,
				**row,
			}
			for row in plan.create
		],
	)


def refresh_units(units: Iterable[str], today: date | None = None) -> None:
	"""Write owner, payer and number of people of the day on the units (derived columns, for lists and search)."""
	units = sorted(set(units))
	today = getdate(today)
	summary = []
	for part in bulk.chunks(units):
		rows = rows_of(part)
		for unit in part:
			present = [row for row in rows.get(unit, ()) if rules.covers(row, today)]
			owner, payer = rules.owner_on(present, today), rules.payer_on(present, today)
			summary.append(
				{
					"name": unit,
					"current_owner": owner and owner.resident,
					"current_owner_name": owner and owner.resident_name,
					"current_payer": payer and payer.resident,
					"current_payer_name": payer and payer.resident_name,
					"residents_count": len({row.resident for row in present if row.relation != rules.DEVELOPER}),
				}
			)
	bulk.update("Property Unit", summary, touch=False)


def refresh_day(today: date | None = None) -> None:
	"""Daily: occupancies that begin or ended by `today` change their status, and their units are summarised again."""
	today = getdate(today)
	table = frappe.qb.DocType("Unit Occupancy")
	rows = (
		frappe.qb.from_(table)
		.select(table.name, table.unit, table.status, table.from_date, table.to_date)
		.where(
			((table.status == "Future") & (table.from_date <= today))
			| ((table.status == "Current") & (table.to_date < today))
			| ((table.status == "Current") & (table.from_date > today))
		)
		.run(as_dict=True)
	)
	bulk.update(
		"Unit Occupancy", [{"name": row.name, "status": rules.status_on(row, today)} for row in rows], touch=False
	)
	refresh_units({row.unit for row in rows}, today)
