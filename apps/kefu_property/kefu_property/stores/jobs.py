"""Scheduled work of the stores."""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.utils import add_days, cint, format_date, getdate, today

from kefu_property.stores import assets
from kefu_property.suite.notify import alert, staff_with_role


def remind_of_dates(on: date | str | None = None) -> int:
	"""Daily: tell store keepers and custodians of warranties that end and inspections that fall due, each date once.

	Returns the number of assets told of.
	"""
	limit = add_days(getdate(on or today()), cint(frappe.db.get_single_value("Store Settings", "alert_days")))
	card = frappe.qb.DocType("Fixed Asset Card")
	rows = (
		frappe.qb.from_(card)
		.select(
			card.name,
			card.asset_name,
			card.project,
			card.custodian,
			card.warranty_until,
			card.inspection_due,
			card.alerted_for,
		)
		.where(card.status.isin(assets.ACTIVE))
		.where((card.warranty_until <= limit) | (card.inspection_due <= limit))
		.run(as_dict=True)
	)
	keepers: dict[str, list[str]] = {}
	told = 0
	for row in rows:
		dates = {"W": row.warranty_until, "I": row.inspection_due}
		due = {f"{kind}{day}" for kind, day in dates.items() if day and getdate(day) <= limit}
		new = due - set((row.alerted_for or "").split())
		if not new:
			continue
		if row.project not in keepers:
			keepers[row.project] = staff_with_role("Store Keeper", row.project)
		for mark in sorted(new):
			_tell(row, mark, [*keepers[row.project], row.custodian])
		frappe.db.set_value(  # lint: allow query-in-loop: one write per reminder
			"Fixed Asset Card", row.name, "alerted_for", " ".join(sorted(due)), update_modified=False
		)
		told += 1
	return told


def _tell(row: dict, mark: str, users: list[str]) -> None:
	day = mark[1:]
	alert(
		users,
		lambda: (
			_("The warranty of {0} ends on {1}.") if mark[0] == "W" else _("The inspection of {0} is due on {1}.")
		).format(row.asset_name, format_date(day)),
		"Fixed Asset Card",
		row.name,
	)
