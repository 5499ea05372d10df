"""Maintenance of facilities: work planned ahead, accepted by somebody else, its cost on the facility (D5)."""

from __future__ import annotations

from datetime import date, timedelta

import frappe
from frappe.utils import getdate, today

from kefu_property.inspection import settings
from kefu_property.rules import inspection_rules as rules
from kefu_property.rules.money import D


def generate(day: date | str | None = None, plans: list[str] | None = None) -> int:
	"""Write the maintenance that plans in force ask for within their days ahead, each once. Returns how many are new."""
	day = getdate(day or today())
	plan, facility = frappe.qb.DocType("Facility Maintenance Plan"), frappe.qb.DocType("Facility")
	query = (
		frappe.qb.from_(plan)
		.join(facility)
		.on(facility.name == plan.facility)
		.select(
			plan.name,
			plan.project,
			plan.facility,
			plan.work,
			plan.contractor,
			plan.expected_cost,
			plan.responsible,
			plan.frequency,
			plan.every,
			plan.start_date,
			plan.end_date,
			plan.calendar_rule,
			plan.days_ahead,
		)
		.where((plan.enabled == 1) & facility.status.notin(("Out of Use", "Scrapped")))
		.orderby(plan.name)
	)
	if plans is not None:
		query = query.where(plan.name.isin(plans or [""]))
	found = query.run(as_dict=True)
	is_working = settings.is_working_day() if found else None
	wanted = {f"{plan.name}|{on}": (row, on) for row in found for on in _days(row, day, is_working)}
	known = frappe.get_all("Facility Maintenance", filters={"task_key": ["in", list(wanted) or [""]]}, pluck="task_key")
	new = [key for key in wanted if key not in set(known)]
	for key in new:
		plan, on = wanted[key]
		doc = frappe.get_doc(  # lint: allow query-in-loop: a new document with its own number
			{
				"doctype": "Facility Maintenance",
				"project": plan.project,
				"facility": plan.facility,
				"plan": plan.name,
				"kind": "Planned Maintenance",
				"planned_on": on,
				"work": plan.work,
				"contractor": plan.contractor,
				"expected_cost": plan.expected_cost,
				"responsible": plan.responsible,
				"task_key": key,
			}
		).insert(ignore_permissions=True)  # the scheduled job
		# the plan made it, not its author, who may accept the work of others
		doc.db_set("owner", "Administrator", update_modified=False)
	return len(new)


def _days(plan, day: date, is_working) -> list[date]:
	last = day + timedelta(days=plan.days_ahead)
	if plan.end_date:
		last = min(last, plan.end_date)
	first = max(day, plan.start_date)
	if first > last:
		return []
	return rules.schedule(plan.start_date, plan.frequency, plan.every, plan.calendar_rule, is_working, first, last)


def replan(plan: str) -> None:
	drop_planned(plan)
	generate(plans=[plan])


def drop_planned(plan: str) -> None:
	"""Take away work of a plan that is still to come; what was begun stays."""
	frappe.db.delete("Facility Maintenance", {"plan": plan, "status": "Planned", "planned_on": [">=", today()]})


def note_cost(facility: str) -> None:
	"""Write on a facility what its accepted maintenance and closed rectifications cost so far."""
	total = frappe.db.sql(
		"""select
			(select ifnull(sum(cost), 0) from `tabFacility Maintenance` where facility = %(name)s and status = 'Work Accepted')
			+ (select ifnull(sum(cost), 0) from `tabRectification` where facility = %(name)s and status = 'Closed')""",
		{"name": facility},
	)[0][0]
	frappe.db.set_value("Facility", facility, "maintenance_cost", D(total), update_modified=False)
