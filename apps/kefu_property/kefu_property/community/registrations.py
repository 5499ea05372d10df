"""Places of an activity: the activity's row is locked first, so that concurrent registrations never exceed the quota (D16)."""

from __future__ import annotations

from collections.abc import Sequence

import frappe
from frappe import _
from frappe.utils import format_datetime, get_datetime, get_url, now_datetime

from kefu_property.community import fees, settings
from kefu_property.community.exceptions import NotCheckedIn, RegistrationClosed, TooManyPeople
from kefu_property.registry import api as registry
from kefu_property.rules import community_rules as rules
from kefu_property.rules.money import D
from kefu_property.suite import messages

CONFIRMED, WAITING, CANCELLED = "Has a Place", "Waiting", "Cancelled"


def lock(activity: str) -> frappe._dict:
	"""The activity as it stands now, its row held until the end of the transaction."""
	return frappe.db.sql(
		"""select name, project, title, workflow_state, starts_on, ends_on, quota, max_people, fee, registration,
			registration_from, registration_until, owners_only, registered_count, waiting_count, attended_count, income_total
		from `tabCommunity Activity` where name = %s for update""",
		activity,
		as_dict=True,
	)[0]


def is_open(activity, now=None) -> bool:
	"""Whether residents can register now."""
	now = get_datetime(now) if now else now_datetime()
	begins, ends = activity.registration_from, activity.registration_until or activity.starts_on
	return bool(
		activity.registration
		and activity.workflow_state == "Approved"
		and (not begins or get_datetime(begins) <= now)
		and now < get_datetime(ends)
	)


def place(doc) -> None:
	"""Give a new registration places or a rank on the waiting list; the caller inserts it in this transaction.

	Raises RegistrationClosed, TooManyPeople.
	"""
	activity = lock(doc.activity)
	if activity.workflow_state not in ("Approved", "Under Way"):
		frappe.throw(
			_("{0} takes no registrations: {1}.").format(activity.title, _(activity.workflow_state)), RegistrationClosed
		)
	if doc.source == "Portal" and not is_open(activity):
		frappe.throw(_("Registration for {0} is not open.").format(activity.title), RegistrationClosed)
	people = int(doc.people or 0)
	if people < 1:
		frappe.throw(_("Register at least one person."), TooManyPeople)
	if activity.max_people and people > activity.max_people:
		frappe.throw(_("At most {0} people per registration.").format(activity.max_people), TooManyPeople)
	if activity.quota and people > activity.quota:
		frappe.throw(_("The activity has {0} places.").format(activity.quota), TooManyPeople)
	room = rules.has_room(activity.quota, activity.registered_count, activity.waiting_count, people)
	doc.project = activity.project
	doc.status = CONFIRMED if room else WAITING
	doc.amount = D(activity.fee) * people
	_add(activity.name, people if room else 0, 0 if room else people)


def charge(doc) -> None:
	"""Bill the fee of a confirmed registration."""
	if doc.status == CONFIRMED and D(doc.amount) > 0:
		title = frappe.db.get_value("Community Activity", doc.activity, "title")
		bill = fees.bill(doc, "activity_fee_item", D(doc.amount), _("Activity {0}").format(title))
		if bill:
			doc.db_set("bill", bill)
			_add_income(doc.activity, D(doc.amount))


def cancel(name: str, by_office: bool = False) -> None:
	"""Give places back; the first ones of the waiting list move up. The caller has checked whose registration it is.

	Free of charge until the hours of the settings before the start, and always when the office cancels; later the fee stays. Raises
	RegistrationClosed.
	"""
	activity = lock(frappe.db.get_value("Activity Registration", name, "activity"))
	doc = frappe.get_doc("Activity Registration", name, for_update=True)
	if doc.status == CANCELLED:
		frappe.throw(_("This registration is cancelled already."), RegistrationClosed)
	if doc.checked_in_on:
		frappe.throw(_("Who was present can no longer cancel."), RegistrationClosed)
	was = doc.status
	late = rules.is_late(now_datetime(), get_datetime(activity.starts_on), settings.number("activity_cancel_hours"))
	values = {"status": CANCELLED, "active_key": None, "cancelled_on": now_datetime()}
	if doc.bill and late and not by_office:
		values["refund_note"] = _("Cancelled too late: the fee stays.")
	elif doc.bill:
		values["refund_note"] = _take_back(doc, _("Registration for {0} cancelled").format(activity.title))
		_add_income(activity.name, -D(doc.amount))
	doc.db_set(values)
	_add(activity.name, -doc.people if was == CONFIRMED else 0, -doc.people if was == WAITING else 0)
	move_up(activity.name)


def _take_back(doc, reason: str) -> str:
	paid = fees.take_back(doc.bill, reason)
	return _("{0} yuan paid, now prepayment").format(f"{paid:.2f}") if paid > 0 else _("Bill cancelled")


def move_up(activity_name: str) -> list[str]:
	"""Give free places to the waiting list, in order of registration. Returns the registrations that moved up."""
	activity = lock(activity_name)
	if activity.workflow_state not in ("Approved", "Under Way"):
		return []
	waiting = frappe.db.sql(
		"""select name, people from `tabActivity Registration` where activity = %s and status = 'Waiting'
		order by registered_on, name for update""",
		activity_name,
	)
	chosen = rules.moved_up(activity.quota, activity.registered_count, waiting)
	for name in chosen:
		doc = frappe.get_doc("Activity Registration", name)  # lint: allow query-in-loop: each gets a bill and a message
		doc.db_set("status", CONFIRMED)
		_add(activity_name, doc.people, -doc.people)
		charge(doc)
		_send("activity_moved_up", doc.resident, activity, link=get_url(f"/portal/activities/{activity_name}"))
	return chosen


def cancel_all(activity, reason: str) -> int:
	"""The activity is cancelled: take back bills and tell everybody. Returns the number of registrations."""
	names = frappe.get_all(
		"Activity Registration",
		filters={"activity": activity.name, "status": ["!=", CANCELLED]},
		pluck="name",
		order_by="registered_on",
	)
	for name in names:
		doc = frappe.get_doc("Activity Registration", name)  # lint: allow query-in-loop: each gets a message
		note = _take_back(doc, _("{0} cancelled").format(activity.title)) if doc.bill else None
		doc.db_set({"status": CANCELLED, "active_key": None, "cancelled_on": now_datetime(), "refund_note": note})
		_send("activity_cancelled", doc.resident, activity, reason=reason)
	frappe.db.set_value(
		"Community Activity", activity.name, {"registered_count": 0, "waiting_count": 0, "income_total": 0}
	)
	return len(names)


def check_in(code: str, activity: str, people: int | None = None) -> dict:
	"""Note that a group is present. Scanned again, it answers with the first time. Raises NotCheckedIn.

	Returns `name`, `resident_name`, `people`, `unit`, `again` (bool), `checked_in_on`.
	"""
	code = (code or "").strip().rstrip("/").rsplit("/", 1)[-1].upper()
	found = frappe.db.get_value("Activity Registration", {"code": code}, ["name", "activity"], as_dict=True)
	if not found or found.activity != activity:
		frappe.throw(_("No registration for this activity has the code {0}.").format(code), NotCheckedIn)
	state = lock(activity)
	if state.workflow_state != "Under Way":
		frappe.throw(_("{0} is not under way. Start it first.").format(state.title), NotCheckedIn)
	doc = frappe.get_doc("Activity Registration", found.name, for_update=True)
	if doc.status != CONFIRMED:
		frappe.throw(_("{0} has no place: {1}.").format(doc.resident_name, _(doc.status)), NotCheckedIn)
	again = bool(doc.checked_in_on)
	if not again:
		present = doc.people if people is None else people
		if not 1 <= present <= doc.people:
			frappe.throw(_("Between 1 and {0} people are registered.").format(doc.people), NotCheckedIn)
		doc.db_set({"checked_in_on": now_datetime(), "checked_in_people": present})
		frappe.db.sql(
			"update `tabCommunity Activity` set attended_count = attended_count + %s where name = %s",
			(present, activity),
		)
	return {
		"name": doc.name,
		"resident_name": doc.resident_name,
		"unit": doc.unit,
		"people": doc.checked_in_people,
		"again": again,
		"checked_in_on": str(doc.checked_in_on),
	}


def mine(activity: str, residents: Sequence[str]):
	"""The registration in force of a person for an activity, or None."""
	name = frappe.db.get_value(
		"Activity Registration",
		{"activity": activity, "resident": ["in", list(residents) or [""]], "status": ["!=", CANCELLED]},
	)
	return frappe.get_doc("Activity Registration", name) if name else None


def _add(activity: str, registered: int, waiting: int) -> None:
	frappe.db.sql(
		"""update `tabCommunity Activity` set registered_count = registered_count + %s, waiting_count = waiting_count + %s
		where name = %s""",
		(registered, waiting, activity),
	)


def _add_income(activity: str, amount) -> None:
	frappe.db.sql(
		"update `tabCommunity Activity` set income_total = income_total + %s where name = %s", (str(amount), activity)
	)


def _send(kind: str, resident: str, activity, **args) -> None:
	phone = registry.phone_for_message(resident)
	if phone:
		args |= {"title": activity.title, "start": format_datetime(activity.starts_on)}
		messages.send(kind, phone, args, resident=resident)
