"""Scheduled work of the inspection desk."""

from __future__ import annotations

from collections import defaultdict

import frappe
from frappe import _
from frappe.utils import add_days, format_date, get_datetime, getdate, now_datetime, today

from kefu_property.inspection import planning, settings, upkeep
from kefu_property.suite.notify import alert, staff_with_role

SUPERVISORS = ("CS Supervisor", "Engineering Lead")


class Staff:
	"""Users with one of several roles in a project, asked for once."""

	def __init__(self) -> None:
		self.known: dict[tuple[str, str], list[str]] = {}

	def of(self, project: str, *roles: str) -> list[str]:
		found = []
		for role in roles:
			if (role, project) not in self.known:
				self.known[role, project] = staff_with_role(role, project)
			found += self.known[role, project]
		return found


def make_tasks() -> int:
	"""Daily: tasks and maintenance of plans ahead of their days. Returns how many are new."""
	return planning.generate() + upkeep.generate()


def miss_tasks(now=None) -> int:
	"""Hourly: checks whose time is over are missed; those in charge are told once, plan by plan. Returns the number."""
	moment = get_datetime(now) if now else now_datetime()
	rows = frappe.get_all(
		"Inspection Task",
		filters={"status": "Planned", "due_on": ["<", moment]},
		fields=["name", "project", "plan", "facility", "facility_name", "template", "assigned_to", "scheduled_for"],
		order_by="scheduled_for, name",
	)
	if not rows:
		return 0
	task = frappe.qb.DocType("Inspection Task")
	frappe.qb.update(task).set(task.status, "Missed Check").set(task.modified, now_datetime()).where(
		task.name.isin([row.name for row in rows]) & (task.status == "Planned")
	).run()
	planning.note_next_checks({row.facility for row in rows})
	groups = defaultdict(list)
	for row in rows:
		groups[row.plan or row.name].append(row)
	staff = Staff()
	for group in groups.values():
		first = group[0]
		alert(
			[*(row.assigned_to for row in group if row.assigned_to), *staff.of(first.project, *SUPERVISORS)],
			lambda first=first, group=group: _("Missed checks: {0}, {1} checks, first {2} on {3}").format(
				_(first.template), len(group), first.facility_name, format_date(first.scheduled_for)
			),
			"Inspection Task",
			first.name,
		)
	return len(rows)


def watch_rectifications(day=None) -> int:
	"""Daily: tell of defects two days before they are due, and when they are overdue, each once. Returns the number."""
	day = getdate(day or today())
	rows = frappe.get_all(
		"Rectification",
		filters={"status": "To Be Rectified", "due_date": ["<=", add_days(day, 2)], "alert_level": ["<", 2]},
		fields=["name", "project", "facility_name", "due_date", "responsible", "alert_level"],
	)
	staff, told = Staff(), defaultdict(list)
	for row in rows:
		level = 2 if row.due_date < day else 1
		if level <= row.alert_level:
			continue
		told[level].append(row.name)
		users = [row.responsible, *staff.of(row.project, *SUPERVISORS)] if level == 2 else [row.responsible]
		alert(
			users,
			lambda row=row: _("Rectification of {0} is due on {1}.").format(
				row.facility_name, format_date(row.due_date)
			),
			"Rectification",
			row.name,
		)
	for level, names in told.items():
		_set("Rectification", names, "alert_level", level)
	return sum(map(len, told.values()))


def remind_full_tests(day=None) -> int:
	"""Daily: tell engineering and the director of yearly full tests a month ahead, once per test (L23). Returns the plans."""
	day = getdate(day or today())
	plan = frappe.qb.DocType("Inspection Plan")
	rows = (
		frappe.qb.from_(plan)
		.select(plan.name, plan.project, plan.plan_title, plan.next_on)
		.where((plan.enabled == 1) & (plan.purpose == "Full Test"))
		.where(plan.next_on[day : getdate(add_days(day, 30))])
		.where(plan.reminded_for.isnull() | (plan.reminded_for != plan.next_on))
		.run(as_dict=True)
	)
	staff = Staff()
	for row in rows:
		alert(
			staff.of(row.project, "Engineering Lead", "Office Director"),
			lambda row=row: _("{0} is on {1}. Commission a qualified body and tell the owners.").format(
				row.plan_title, format_date(row.next_on)
			),
			"Inspection Plan",
			row.name,
		)
	if rows:
		frappe.qb.update(plan).set(plan.reminded_for, plan.next_on).where(
			plan.name.isin([row.name for row in rows])
		).run()
	return len(rows)


def tell_of_ends(day=None) -> int:
	"""Daily: warranties, papers and contracts that end soon, and rent that is overdue, each once. Returns the number."""
	day = getdate(day or today())
	return _warranties(day) + _papers(day) + _contracts(day) + _rents(day)


def _warranties(day) -> int:
	rows = frappe.get_all(
		"Facility",
		filters={
			"status": ["!=", "Scrapped"],
			"warranty_until": ["between", [day, add_days(day, settings.number("warranty_days"))]],
			"warranty_told": 0,
		},
		fields=["name", "project", "facility_name", "warranty_until", "responsible"],
	)
	staff = Staff()
	for row in rows:
		alert(
			[row.responsible, *staff.of(row.project, "Engineering Lead")],
			lambda row=row: _("The warranty of {0} ends on {1}. Have its defects mended before.").format(
				row.facility_name, format_date(row.warranty_until)
			),
			"Facility",
			row.name,
		)
	_set("Facility", [row.name for row in rows], "warranty_told", 1)
	return len(rows)


def _papers(day) -> int:
	paper, facility = frappe.qb.DocType("Facility Document"), frappe.qb.DocType("Facility")
	rows = (
		frappe.qb.from_(paper)
		.join(facility)
		.on(facility.name == paper.parent)
		.select(
			paper.name,
			paper.title,
			paper.valid_until,
			facility.name.as_("facility"),
			facility.facility_name,
			facility.project,
		)
		.where((paper.told == 0) & (facility.status != "Scrapped"))
		.where(paper.valid_until[day : getdate(add_days(day, settings.number("warranty_days")))])
		.run(as_dict=True)
	)
	staff = Staff()
	for row in rows:
		alert(
			staff.of(row.project, "Engineering Lead"),
			lambda row=row: _("{0} of {1} is valid until {2}. Have it renewed.").format(
				row.title, row.facility_name, format_date(row.valid_until)
			),
			"Facility",
			row.facility,
		)
	_set("Facility Document", [row.name for row in rows], "told", 1)
	return len(rows)


def _contracts(day) -> int:
	rows = frappe.get_all(
		"Advertising Contract",
		filters={
			"docstatus": 1,
			"ended_on": ["is", "not set"],
			"to_date": ["between", [day, add_days(day, settings.number("contract_days"))]],
			"expiry_told_on": ["is", "not set"],
		},
		fields=["name", "project", "advertiser", "facility", "to_date", "outstanding"],
	)
	staff = Staff()
	for row in rows:
		alert(
			staff.of(row.project, "CS Supervisor", "Office Director"),
			lambda row=row: _("The contract with {0} ends on {1}; {2} yuan are open.").format(
				row.advertiser, format_date(row.to_date), row.outstanding
			),
			"Advertising Contract",
			row.name,
		)
	_set("Advertising Contract", [row.name for row in rows], "expiry_told_on", day)
	return len(rows)


def _rents(day) -> int:
	contract = frappe.qb.DocType("Advertising Contract")
	rows = (
		frappe.qb.from_(contract)
		.select(contract.name, contract.project, contract.advertiser, contract.next_due_on, contract.outstanding)
		.where((contract.docstatus == 1) & (contract.next_due_on < day))
		.where(contract.rent_told_for.isnull() | (contract.rent_told_for != contract.next_due_on))
		.run(as_dict=True)
	)
	staff = Staff()
	for row in rows:
		alert(
			staff.of(row.project, "CS Supervisor", "Accountant"),
			lambda row=row: _("Rent of {0} was due on {1}.").format(row.advertiser, format_date(row.next_due_on)),
			"Advertising Contract",
			row.name,
		)
	if rows:
		frappe.qb.update(contract).set(contract.rent_told_for, contract.next_due_on).where(
			contract.name.isin([row.name for row in rows])
		).run()
	return len(rows)


def _set(doctype: str, names: list[str], fieldname: str, value) -> None:
	if names:
		table = frappe.qb.DocType(doctype)
		frappe.qb.update(table).set(table[fieldname], value).where(table.name.isin(names)).run()
