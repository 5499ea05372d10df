"""Report Proposal Results: what was proposed, adopted, carried out and rewarded, by kind (R1 to R5)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import getdate, today

from kefu_property.rules.money import D, sum_money

WAITING = ("Pending Review", "Pending Decision")


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None, list[dict]]:
	"""Columns, rows by kind, no message, chart, summary. Filters: `project`, `from_date`, `to_date` (default this year)."""
	filters = frappe._dict(filters or {})
	year = getdate(today()).year
	begin, end = getdate(filters.from_date or f"{year}-01-01"), getdate(filters.to_date or today())
	wanted = {"creation": ["between", [begin, end]], "workflow_state": ["!=", "Draft"]}
	if filters.project:
		wanted["project"] = filters.project
	found = frappe.get_list(
		"Work Proposal",
		filters=wanted,
		fields=["kind", "workflow_state", "reward", "answer_due", "votes_for", "votes_against"],
		limit=0,
	)
	rows = []
	for kind in dict.fromkeys(row.kind for row in sorted(found, key=lambda row: row.kind)):
		own = [row for row in found if row.kind == kind]

		def number(*states: str, own=own) -> int:
			return sum(row.workflow_state in states for row in own)

		rows.append(
			{
				"kind": _(kind),
				"proposals": len(own),
				"waiting": number(*WAITING),
				"late": sum(
					row.workflow_state in WAITING and bool(row.answer_due) and row.answer_due < getdate(today())
					for row in own
				),
				"adopted": number("Adopted", "Carried Out"),
				"done": number("Carried Out"),
				"votes": sum((row.votes_for or 0) + (row.votes_against or 0) for row in own),
				"reward": sum_money(D(row.reward or 0) for row in own),
			}
		)
	return columns(), rows, None, chart(rows), summary(rows)


def columns() -> list[dict]:
	def count(label: str, fieldname: str) -> dict:
		return {"label": label, "fieldname": fieldname, "fieldtype": "Int", "width": 120}

	return [
		{"label": _("Kind"), "fieldname": "kind", "fieldtype": "Data", "width": 180},
		count(_("Proposals"), "proposals"),
		count(_("Waiting for Answer"), "waiting"),
		count(_("Answer Overdue"), "late"),
		count(_("Adopted"), "adopted"),
		count(_("Carried Out"), "done"),
		count(_("Votes"), "votes"),
		{"label": _("Reward"), "fieldname": "reward", "fieldtype": "Currency", "width": 120},
	]


def chart(rows: list[dict]) -> dict | None:
	if not rows:
		return None
	return {
		"data": {
			"labels": [row["kind"] for row in rows],
			"datasets": [
				{"name": _("Proposals"), "values": [row["proposals"] for row in rows]},
				{"name": _("Adopted"), "values": [row["adopted"] for row in rows]},
			],
		},
		"type": "bar",
	}


def summary(rows: list[dict]) -> list[dict]:
	return [
		{"label": _("Proposals"), "value": sum(row["proposals"] for row in rows), "datatype": "Int"},
		{"label": _("Adopted"), "value": sum(row["adopted"] for row in rows), "datatype": "Int", "indicator": "Green"},
		{
			"label": _("Answer Overdue"),
			"value": sum(row["late"] for row in rows),
			"datatype": "Int",
			"indicator": "Red",
		},
	]
