"""Goals in force: measured by the suite, rolled up from day to year (S1)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import fmt_money, getdate, now_datetime, today

from kefu_property.rules import plan_rules
from kefu_property.rules.money import D
from kefu_property.suite import measures

IN_FORCE, CLOSED = "In Force", "Closed"
FIELDS = (
	"name",
	"title",
	"project",
	"period_kind",
	"starts_on",
	"ends_on",
	"parent_goal",
	"responsible",
	"weight",
	"source",
	"measure",
	"better",
	"target",
	"unit",
	"actual",
	"measured_on",
	"progress",
	"tone",
	"workflow_state",
)


def refresh(project: str, on: date | str | None = None, measure: bool = True) -> int:
	"""Measure the goals of a project that are in force and roll all of them up. Returns the number of goals that changed.

	Goals that are over are measured once more within a week, so that late entries of their period count.
	"""
	on = getdate(on or today())
	goals = frappe.get_all(
		"Work Goal",
		filters={"project": project, "workflow_state": ["in", [IN_FORCE, CLOSED]]},
		fields=FIELDS,
		limit=0,
	)
	# the column is 0 before anything was reported or measured
	actual = {row.name: D(row.actual) if row.measured_on else None for row in goals}
	measured = set()
	if measure:
		found: dict[tuple, Decimal | None] = {}
		for row in goals:
			running = row.starts_on <= on and (on - row.ends_on).days <= 7
			if row.source == "Measured" and row.workflow_state == IN_FORCE and running:
				key = (row.measure, row.starts_on, min(row.ends_on, on))
				if key not in found:
					found[key] = measures.value_of(row.measure, project, *key[1:])
				if found[key] is not None:
					actual[row.name] = found[key].quantize(Decimal("0.01"))
					measured.add(row.name)
	values = plan_rules.roll_up_tree(
		{row.name: row.parent_goal for row in goals},
		{row.name: D(row.weight or 0) for row in goals},
		{
			row.name: plan_rules.progress(actual[row.name], D(row.target or 0), row.better)
			for row in goals
			if row.source != "From Parts"
		},
	)
	changed = 0
	for row in goals:
		new = {
			"progress": values[row.name],
			"tone": plan_rules.course(values[row.name], row.starts_on, row.ends_on, on),
			"actual": actual[row.name] or 0,
		}
		same = D(row.progress or 0) == new["progress"] and row.tone == new["tone"]
		if not same or row.name in measured:
			stamp = {"measured_on": now_datetime()} if row.name in measured else {}
			# lint: allow query-in-loop: one write for each goal that moved
			frappe.db.set_value("Work Goal", row.name, {**new, **stamp}, update_modified=False)
			changed += 1
	return changed


def with_unit(value, unit: str | None) -> str:
	"""A figure as it is printed, such as `96.5 %`; an en dash for nothing."""
	if value is None:
		return "–"
	text = fmt_money(value, precision=2).rstrip("0").rstrip(".")
	return f"{text} {unit}".strip() if unit else text


def of_person(project: str, staff: str, start: date, end: date) -> list[dict]:
	"""Goals in force of a person that touch a period, the shortest periods first."""
	rows = frappe.get_all(
		"Work Goal",
		filters={
			"project": project,
			"responsible": staff,
			"workflow_state": ["in", [IN_FORCE, CLOSED]],
			"starts_on": ["<=", end],
			"ends_on": [">=", start],
		},
		fields=FIELDS,
		order_by="starts_on desc, title",
	)
	return sorted(rows, key=lambda row: -plan_rules.KINDS.index(row.period_kind))


def measure_options() -> list[dict]:
	"""Measures of enabled modules for a form: `value`, `label`, `unit`."""
	return [{"value": name, "label": row.title, "description": row.unit} for name, row in measures.available().items()]


@frappe.whitelist()
def get_measures() -> list[dict]:
	"""Measures that goals and campaigns can choose: `value`, `label`, `description` (unit)."""
	if not frappe.has_permission("Work Goal"):
		frappe.throw(_("You may not read goals."), frappe.PermissionError)
	return measure_options()
