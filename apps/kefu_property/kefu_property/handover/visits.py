"""The day of the handover: who came gets a number, the desk calls the next one (D24)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from kefu_property.handover import booking
from kefu_property.handover.exceptions import HandoverStep
from kefu_property.rules import handover_rules as rules


def check_in(name: str, today=None) -> int:
	"""The buyer has come: give the next number of the day. Returns it; a second call returns the same. Raises HandoverStep."""
	day = getdate(today)
	doc = booking.lock_home(name)
	if doc.status in rules.ON_SITE and doc.queue_date == day:
		return doc.queue_number
	if doc.status not in (*rules.BOOKABLE, *rules.ON_SITE):
		frappe.throw(_("The home {0} is handed over already.").format(doc.unit_code), HandoverStep)
	if frappe.db.get_value("Handover Batch", doc.batch, "docstatus") != 1:
		frappe.throw(_("The batch {0} is not approved.").format(doc.batch), HandoverStep)
	number = next_number(doc.project, day)
	doc.db_set(
		{
			"status": rules.WAITING,
			"queue_date": day,
			"queue_number": number,
			"checked_in_on": now_datetime(),
			"called_on": None,
			"desk": None,
		},
		notify=True,
	)
	tell(doc.project)
	return number


def next_number(project: str, day) -> int:
	"""The next number of a project's day. One statement counts it up, so that two desks never give one number."""
	name = f"{project}-{day}"
	frappe.db.sql(
		# the row may be missing: an upsert counts without locking what is not there
		"""insert into `tabHandover Day` (name, project, day, last_number, creation, modified, owner, modified_by)
		values (%(name)s, %(project)s, %(day)s, 1, now(), now(), %(user)s, %(user)s)
		on duplicate key update last_number = last_number + 1, modified = now()""",
		{"name": name, "project": project, "day": day, "user": frappe.session.user},
	)
	return frappe.db.get_value("Handover Day", name, "last_number")


def call_next(project: str, desk: str, today=None) -> dict | None:
	"""Call whoever has waited longest to a counter; None when nobody waits. Two counters never call one visitor."""
	day, desk = getdate(today), counter(desk)
	# the day's row makes the counters call one after the other
	if not frappe.db.get_value("Handover Day", f"{project}-{day}", "name", for_update=True):
		return None
	table = frappe.qb.DocType("Home Handover")
	waiting = (
		frappe.qb.from_(table)
		.select(table.name)
		.where((table.project == project) & (table.queue_date == day) & (table.status == rules.WAITING))
		.orderby(table.queue_number)
		.limit(1)
		.for_update()
		.run(pluck=True)
	)
	return call(waiting[0], desk) if waiting else None


def counter(desk: str) -> str:
	desk = (desk or "").strip()[:20]
	if not desk:
		frappe.throw(_("Enter your counter first."), HandoverStep)
	return desk


def call(name: str, desk: str) -> dict:
	"""Call a visitor to a counter, once more when they did not come. Raises HandoverStep."""
	desk = counter(desk)
	doc = booking.lock_home(name)
	if doc.status not in (rules.WAITING, rules.CALLED):
		frappe.throw(_("{0} is {1} and cannot be called.").format(doc.unit_code, _(doc.status)), HandoverStep)
	doc.db_set({"status": rules.CALLED, "called_on": now_datetime(), "desk": desk}, notify=True)
	tell(doc.project)
	return {"name": doc.name, "queue_number": doc.queue_number, "unit_code": doc.unit_code, "desk": desk}


def absent(name: str) -> None:
	"""Whoever was called, or had an appointment, did not come. They can book again. Raises HandoverStep."""
	doc = booking.lock_home(name)
	missed = doc.status == rules.BOOKED and getdate(doc.appointment) <= getdate()
	if doc.status not in (rules.WAITING, rules.CALLED) and not missed:
		frappe.throw(_("{0} is {1}: nobody is missing.").format(doc.unit_code, _(doc.status)), HandoverStep)
	doc.db_set({"status": rules.ABSENT, "slot": None}, notify=True)
	tell(doc.project)


def tell(project: str) -> None:
	frappe.publish_realtime("kefu_handover_queue", {"project": project}, doctype="Home Handover", after_commit=True)


def queue(project: str, today=None) -> dict:
	"""The day at a glance: `waiting`, `called`, `running`, `expected` (booked for today), `done`, each a list of homes."""
	day = getdate(today)
	fields = [
		"name",
		"unit",
		"unit_code",
		"buyer_name",
		"status",
		"queue_number",
		"desk",
		"appointment",
		"checked_in_on",
		"called_on",
		"completed_on",
		"open_defects",
	]
	rows = frappe.get_all(
		"Home Handover",
		filters={"project": project, "queue_date": day},
		fields=fields,
		order_by="queue_number",
	)
	booked = frappe.get_all(
		"Home Handover",
		filters={
			"project": project,
			"status": rules.BOOKED,
			"appointment": ["between", [f"{day} 00:00:00", f"{day} 23:59:59"]],
		},
		fields=fields,
		order_by="appointment, unit_code",
	)
	return {
		"day": str(day),
		"expected": booked,
		"waiting": [row for row in rows if row.status == rules.WAITING],
		"called": [row for row in rows if row.status == rules.CALLED],
		"running": [row for row in rows if row.status == rules.IN_PROGRESS],
		"done": [row for row in rows if row.status in (*rules.DONE, rules.REFUSED)],
	}
