"""Tasks of plans, made ahead in sets: a task is one facility on one day of one plan, and there is never a second one (D5)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta

import frappe
from frappe.utils import getdate, now_datetime, today
from pypika.terms import Case

from kefu_property.inspection import settings
from kefu_property.rules import inspection_rules as rules

#: template, title, category, frequency, rule for days off, days to carry it out, days ahead (L23)
FIRE_PLANS = (
	("Fire Patrol of Key Sites", "Daily fire patrol", "Key Fire Sites", "Daily", rules.KEEP, 0, 7),
	("Monthly Check of Fire Equipment", "Monthly fire check", "Fire Facilities", "Monthly", rules.NEXT, 5, 14),
	("Yearly Full Test of Fire Equipment", "Yearly full test", "Fire Facilities", "Yearly", rules.NEXT, 30, 45),
)
TASK_COLUMNS = (
	"name",
	"creation",
	"modified",
	"owner",
	"modified_by",
	"docstatus",
	"idx",
	"project",
	"plan",
	"template",
	"facility",
	"facility_name",
	"location",
	"building",
	"kind",
	"purpose",
	"status",
	"scheduled_for",
	"due_on",
	"assigned_to",
	"assigned_role",
	"task_key",
)


def generate(day: date | str | None = None, plans: list[str] | None = None) -> int:
	"""Make the tasks of plans in force that are due within each plan's days ahead; existing ones stay. Returns how many are new."""
	day = getdate(day or today())
	found = _plans(plans)
	if not found:
		return 0
	is_working = settings.is_working_day()
	facilities = facilities_of(found)
	rows, next_days = [], {}
	for plan in found:
		days = _days(plan, day, is_working)
		next_days[plan.name] = _next_day(plan, day, is_working)
		rows += [_row(plan, facility, on) for on in days for facility in facilities[plan.name]]
	known = set(
		frappe.get_all(
			"Inspection Task",
			filters={"plan": ["in", [plan.name for plan in found]], "scheduled_for": [">=", _earliest(found, day)]},
			pluck="task_key",
		)
	)
	rows = [row for row in rows if row[-1] not in known]
	if rows:  # the unique key still decides when two runs meet
		frappe.db.bulk_insert("Inspection Task", TASK_COLUMNS, rows, ignore_duplicates=True)
		note_next_checks({row[TASK_COLUMNS.index("facility")] for row in rows})
	_note_next(next_days)
	_note_generated(found, day)
	return len(rows)


def _earliest(plans: list[dict], day: date) -> date:
	return min([day, *(plan.generated_to for plan in plans if plan.generated_to)])


def _plans(names: list[str] | None) -> list[dict]:
	filters = {"enabled": 1}
	if names is not None:
		filters["name"] = ["in", names or [""]]
	return frappe.get_all(
		"Inspection Plan",
		filters=filters,
		fields=[
			"name",
			"project",
			"template",
			"kind",
			"purpose",
			"category",
			"building",
			"frequency",
			"every",
			"start_date",
			"end_date",
			"calendar_rule",
			"due_days",
			"days_ahead",
			"generated_to",
			"assigned_to",
			"assigned_role",
		],
		order_by="name",
	)


def _days(plan, day: date, is_working) -> list[date]:
	"""Days of a plan from today on; days on which the job did not run are made up for."""
	first = min(day, plan.generated_to + timedelta(days=1)) if plan.generated_to else day
	first = max(first, plan.start_date)
	last = day + timedelta(days=plan.days_ahead)
	if plan.end_date:
		last = min(last, plan.end_date)
	return _schedule(plan, is_working, first, last) if first <= last else []


def _next_day(plan, day: date, is_working) -> date | None:
	first = max(day, plan.start_date)
	last = first + timedelta(days=370 * plan.every)
	if plan.end_date:
		last = min(last, plan.end_date)
	return next(iter(_schedule(plan, is_working, first, last)), None) if first <= last else None


def _schedule(plan, is_working, first: date, last: date) -> list[date]:
	return rules.schedule(plan.start_date, plan.frequency, plan.every, plan.calendar_rule, is_working, first, last)


def facilities_of(plans: list[dict]) -> dict[str, list[dict]]:
	"""Facilities in use of each plan: those of its category and the ones named, each once."""
	category, facility = frappe.qb.DocType("Facility Category"), frappe.qb.DocType("Facility")
	rows = (
		frappe.qb.from_(facility)
		.join(category)
		.on(category.name == facility.category)
		.select(
			facility.name,
			facility.project,
			facility.facility_name,
			facility.location,
			facility.building,
			facility.kind,
			category.lft,
		)
		.where(facility.project.isin([plan.project for plan in plans]) & (facility.status == "In Use"))
		.orderby(facility.name)
		.run(as_dict=True)
	)
	by_project = defaultdict(list)
	for row in rows:
		by_project[row.project].append(row)
	spans = {row.name: (row.lft, row.rgt) for row in frappe.get_all("Facility Category", fields=["name", "lft", "rgt"])}
	named = defaultdict(set)
	for row in frappe.get_all(
		"Inspection Plan Facility",
		filters={"parent": ["in", [plan.name for plan in plans]]},
		fields=["parent", "facility"],
	):
		named[row.parent].add(row.facility)

	def belongs(plan, row) -> bool:
		if row.name in named[plan.name]:
			return True
		if not plan.category or (plan.building and row.building != plan.building):
			return False
		left, right = spans[plan.category]
		return left <= row.lft <= right

	return {plan.name: [row for row in by_project[plan.project] if belongs(plan, row)] for plan in plans}


def _row(plan, facility, on: date) -> tuple:
	moment, user = now_datetime(), frappe.session.user
	due = datetime.combine(on + timedelta(days=plan.due_days), time(23, 59, 59))
	return (
		frappe.generate_hash(length=10),
		moment,
		moment,
		user,
		user,
		0,
		0,
		plan.project,
		plan.name,
		plan.template,
		facility.name,
		facility.facility_name,
		facility.location,
		facility.building,
		facility.kind,
		plan.purpose,
		"Planned",
		on,
		due,
		plan.assigned_to,
		plan.assigned_role,
		f"{plan.name}|{facility.name}|{on}",
	)


def _note_next(days: dict[str, date | None]) -> None:
	plan = frappe.qb.DocType("Inspection Plan")
	case = Case()
	for name, day in days.items():
		case = case.when(plan.name == name, day)
	frappe.qb.update(plan).set(plan.next_on, case).where(plan.name.isin(list(days))).run()


def _note_generated(plans: list[dict], day: date) -> None:
	plan = frappe.qb.DocType("Inspection Plan")
	(
		frappe.qb.update(plan)
		.set(plan.generated_to, day)
		.where(plan.name.isin([row.name for row in plans]))
		.where(plan.generated_to.isnull() | (plan.generated_to < day))
		.run()
	)


def note_next_checks(facilities: set[str]) -> None:
	"""Write on facilities the day of their next planned check."""
	if facilities:
		frappe.db.sql(
			"""update `tabFacility` f set f.next_check_on = (select min(t.scheduled_for) from `tabInspection Task` t
			where t.facility = f.name and t.status = 'Planned') where f.name in %(names)s""",
			{"names": tuple(facilities)},
		)


def replan(plans: list[str]) -> None:
	"""Put the tasks to come of changed plans in the place of the planned ones; what was done or missed stays."""
	task = frappe.qb.DocType("Inspection Task")
	mine = task.plan.isin(plans or [""]) & (task.status == "Planned") & (task.scheduled_for >= getdate(today()))
	facilities = set(frappe.qb.from_(task).select(task.facility).distinct().where(mine).run(pluck=True))
	frappe.qb.from_(task).delete().where(mine).run()
	generate(plans=plans)
	note_next_checks(facilities)


def drop_tasks(facility: str) -> None:
	"""A facility that is out of use is not checked: its planned tasks from today on go."""
	frappe.db.delete("Inspection Task", {"facility": facility, "status": "Planned", "scheduled_for": [">=", today()]})
	note_next_checks({facility})


def add_tasks(facility) -> None:
	"""A new facility takes part in the plans of its project at once."""
	plans = frappe.get_all("Inspection Plan", filters={"project": facility.project, "enabled": 1}, pluck="name")
	if plans:
		generate(plans=plans)


def ensure_fire_plans(project: str) -> list[str]:
	"""The plans that the Fire Protection Law asks for, for a project with fire facilities, each once (L23).

	A plan that the office changed or switched off is not made again. Returns the new plans.
	"""
	have = set(frappe.get_all("Inspection Plan", filters={"project": project}, pluck="template"))
	language = frappe.db.get_single_value("System Settings", "language")
	made = []
	for template, title, category, frequency, rule, due_days, ahead in FIRE_PLANS:
		if template in have or not frappe.db.exists(
			"Inspection Template", template
		):  # lint: allow query-in-loop: three
			continue
		doc = frappe.get_doc(  # lint: allow query-in-loop: a new document
			{
				"doctype": "Inspection Plan",
				"project": project,
				"plan_title": frappe._(title, language),
				"template": template,
				"category": category,
				"frequency": frequency,
				"every": 1,
				"start_date": today(),
				"calendar_rule": rule,
				"due_days": due_days,
				"days_ahead": ahead,
				"assigned_role": "Technician",
			}
		)
		made.append(doc.insert(ignore_permissions=True).name)  # the law's plans, whoever enters the facility
	return made
