"""Cases for reports: one set of rows over the three kinds, under the project rule of the lists (D3, D7)."""

from __future__ import annotations

from datetime import timedelta

import frappe
from frappe import _
from frappe.utils import add_days, getdate, today

from kefu_property.service_desk.case import CANCELLED, MERGED
from kefu_property.service_desk.departments import CASES
from kefu_property.suite import row_rules

FIELDS = (
	"name",
	"project",
	"status",
	"severity",
	"deadline_state",
	"category",
	"cause",
	"place",
	"building",
	"department",
	"assigned_to",
	"source",
	"received_on",
	"first_answer_due",
	"first_answered_on",
	"feedback_due",
	"feedback_on",
	"close_due",
	"resolved_on",
	"reopen_count",
	"rating",
)


def cases(filters: frappe._dict, *more: str, published: bool = False) -> list[dict]:
	"""Cases received in a span of days, cancelled and merged ones left out; rows carry `kind` and FIELDS.

	`filters`: `project`, `from_date`, `to_date` (default: the last 90 days), `kind`. `more` names further columns of that one kind.
	`published`: for figures that everybody sees, so that the reader's own projects do not matter.
	"""
	begin, end = span(filters)
	rows = []
	for kind in [filters.kind] if filters.kind in CASES else CASES:
		table = frappe.qb.DocType(kind)
		query = (
			frappe.qb.from_(table)
			.select(*(table[name] for name in (*FIELDS, *more)))
			.where((table.received_on >= begin) & (table.received_on < end + timedelta(days=1)))
			.where(table.status.notin([CANCELLED, MERGED]))
		)
		# a report runs its own query: it applies the same project rule as the list
		if not published and not row_rules.sees_all_projects(frappe.session.user):
			query = query.where(table.project.isin(row_rules.projects_of(frappe.session.user) or [""]))
		if filters.project:
			query = query.where(table.project == filters.project)
		found = query.run(as_dict=True)  # lint: allow query-in-loop: one query for each of the three kinds
		for row in found:
			row.kind = kind
		rows += found
	return rows


def span(filters: frappe._dict) -> tuple:
	return getdate(filters.from_date or add_days(today(), -90)), getdate(filters.to_date or today())


def grouped(rows: list[dict], key) -> list[tuple[str, list[dict]]]:
	"""Rows by `key(row)`, the largest group first, then by name."""
	groups: dict[str, list[dict]] = {}
	for row in rows:
		groups.setdefault(key(row) or "", []).append(row)
	return sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))


def label(value: str, translated: bool = True) -> str:
	"""Name of a group as people read it."""
	if not value:
		return _("Not Set")
	return _(value) if translated else value
