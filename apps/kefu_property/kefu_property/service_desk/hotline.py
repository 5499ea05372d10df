"""The hotline: calls that a telephone system pushes, who is calling, missed calls and calls back (D7).

The telephone system calls `push` once or more for each call, with the project's token in the header `X-Hotline-Token`; the README of
this package describes it. Reports may be repeated and come in any order.
"""

import hashlib
import hmac
from datetime import datetime

import frappe
from frappe import _
from frappe.utils import get_datetime, now, now_datetime
from frappe.utils.password import get_decrypted_password

from kefu_property.registry import api as registry
from kefu_property.rules import hotline as rules
from kefu_property.rules.personal_data import clean_text, is_phone, mask_phone, normalise_phone
from kefu_property.service_desk import departments, notices, standards
from kefu_property.service_desk.exceptions import CallbackRefused, HotlineRefused, InvalidCall
from kefu_property.suite.portal_auth import limit

#: (number, seconds): reports of one telephone system, and tries with a wrong token from one address
REPORTS = ((1200, 60),)
WRONG_TOKENS = ((20, 600),)
DIRECTIONS = ("Incoming", "Outgoing")
TRIES = 3
EVENT = "kefu_hotline_call"


@frappe.whitelist(allow_guest=True, methods=["POST"])  # the project's token is the permission
def push(
	project: str,
	call_id: str,
	phone: str = "",
	direction: str = "Incoming",
	extension: str = "",
	started_on: str = "",
	answered_on: str = "",
	ended_on: str = "",
) -> dict:
	"""A report of the telephone system about a call. Answers `call` (name of the Call Record) and `status`.

	Raises HotlineRefused (401) for a wrong token, InvalidCall (400) with the reason for what cannot be understood, TooManyTries (429).
	"""
	address = frappe.local.request_ip
	limit(f"hotline:{address}", REPORTS)
	if not token_fits(project, frappe.get_request_header("X-Hotline-Token") or ""):
		limit(f"hotline-token:{address}", WRONG_TOKENS)
		frappe.throw(_("Project or token is wrong."), HotlineRefused)
	call = receive(
		project,
		call_id,
		phone=phone,
		direction=direction,
		extension=extension,
		started_on=started_on,
		answered_on=answered_on,
		ended_on=ended_on,
	)
	return {"call": call.name, "status": call.status}


def token_fits(project: str, token: str) -> bool:
	"""Compare in constant time; a project that is unknown or has no token fits nothing and takes the same way."""
	kept = get_decrypted_password("Service Standard", project, "hotline_token", raise_exception=False) or ""
	return hmac.compare_digest(kept.encode(), token.encode()) and bool(kept)


def receive(project: str, call_id: str, **report: str):
	"""Write a report to the call's record, which the first one makes; the caller has checked the token. Returns the Call Record."""
	call_id = clean_text(call_id)[:100]
	if not call_id:
		frappe.throw(_("The report has no call_id."), InvalidCall)
	if report.get("direction") not in DIRECTIONS:
		frappe.throw(_("direction is Incoming or Outgoing, not {0}.").format(report.get("direction")), InvalidCall)
	times = {key: moment(report.get(key), key) for key in ("started_on", "answered_on", "ended_on")}
	name = hashlib.sha256(f"{project}\n{call_id}".encode()).hexdigest()[:20]
	stamp = now()
	# one statement makes the row or leaves it: two reports of a new call at the same moment cannot make two
	frappe.db.sql(
		"""insert into `tabCall Record`
			(name, creation, modified, owner, modified_by, docstatus, idx, project, call_id, direction, status)
		values (%s, %s, %s, %s, %s, 0, 0, %s, %s, %s, '') on duplicate key update name = name""",
		(name, stamp, stamp, "Administrator", "Administrator", project, call_id, report["direction"]),
	)
	call = frappe.get_doc("Call Record", name, for_update=True)
	is_new = not call.status
	call.update(rules.merge({key: call.get(key) and get_datetime(call.get(key)) for key in times}, times))
	call.started_on = call.started_on or call.answered_on or call.ended_on or now_datetime()
	call.phone = call.phone or clean_text(report.get("phone"))[:30]
	extension = clean_text(report.get("extension"))[:20]
	if extension and (times["answered_on"] or not call.agent):
		call.extension = extension
		call.agent = agent_at(project, extension) or call.agent
	call.save(ignore_permissions=True)  # the token was checked
	if is_new and call.direction == "Incoming" and call.status != rules.MISSED:
		announce(call)
	notices.refresh_boards(project)
	return call


def moment(text: str | None, field: str) -> datetime | None:
	"""A moment of a report: ISO 8601, with an offset or in the site's local time."""
	if not text:
		return None
	try:
		value = datetime.fromisoformat(text.strip())
	except ValueError:
		frappe.throw(
			_("{0} is no moment: {1}. Write it as 2026-03-02T09:00:00+08:00.").format(field, text[:40]), InvalidCall
		)
	return standards.from_clock(value) if value.tzinfo else value.replace(microsecond=0)


def agent_at(project: str, extension: str) -> str | None:
	"""Who sits at an extension of the project's departments."""
	member, department = frappe.qb.DocType("Service Department Member"), frappe.qb.DocType("Service Department")
	found = (
		frappe.qb.from_(member)
		.join(department)
		.on(member.parent == department.name)
		.select(member.user)
		.where((department.project == project) & (department.disabled == 0) & (member.extension == extension))
		.limit(1)
		.run(pluck=True)
	)
	return found[0] if found else None


def announce(call) -> None:
	"""Show the call to whoever it rings for: the agent at the extension, else everybody who works for the front desk."""
	users = [call.agent] if call.agent else departments.users_with_role("CS Agent", call.project)
	facts = {
		"call": call.name,
		"caller": call.caller_name or call.phone_masked or _("Unknown caller"),
		"unit": call.unit,
		"known": bool(call.caller_known),
	}
	for user in users:
		frappe.publish_realtime(EVENT, facts, user=user, after_commit=True)


def caller_of(phone: str | None, project: str) -> dict:
	"""Who has this number in the project: `resident`, `caller_name`, `unit`, as far as they are certain, and `known`.

	A number that a family shares names nobody, and a person with several homes no home; the form then asks.
	"""
	people = registry.residents_by_phone(phone, project) if phone else []
	facts = {"resident": None, "caller_name": None, "unit": None, "known": bool(people)}
	if len(people) == 1:
		facts["resident"] = people[0]
		facts["caller_name"] = registry.names_of(people)[people[0]]
	homes = set(
		frappe.get_all(
			"Unit Occupancy", filters={"resident": ["in", people or [""]], "status": "Current"}, pluck="unit", limit=50
		)
	)
	if len(homes) == 1:
		facts["unit"] = homes.pop()
	return facts


@frappe.whitelist()
def match(phone: str, project: str) -> dict:
	"""For the form: as `caller_of`, with `phone_masked`."""
	if not frappe.has_permission("Call Record"):
		frappe.throw(_("You may not read the calls of the hotline."), frappe.PermissionError)
	frappe.get_doc("Property Project", project).check_permission("read")
	number = normalise_phone(phone)
	facts = caller_of(number, project)
	return {**facts, "phone_masked": mask_phone(number) if is_phone(number) else ""}


def attach(case) -> None:
	"""A case that was opened from a call: the call shows it."""
	frappe.db.set_value("Call Record", case.call_record, {"case_doctype": case.doctype, "case_name": case.name})


@frappe.whitelist(methods=["POST"])
def call_back(name: str, reached: bool, note: str | None = None) -> str:
	"""Record a try to call somebody back whose call was missed. After three tries without success the call is given up."""
	call = frappe.get_doc("Call Record", name, for_update=True)
	call.check_permission("write")
	if call.callback_state != "Due":
		frappe.throw(_("Nobody waits for this call back any more."), CallbackRefused)
	call.callback_tries = (call.callback_tries or 0) + 1
	call.callback_on, call.callback_by = now_datetime(), frappe.session.user
	call.callback_note = clean_text(note)
	if reached:
		call.callback_state = "Reached"
	elif call.callback_tries >= TRIES:
		call.callback_state = "Given Up"
	call.save()
	return call.callback_state


def settle_earlier(call) -> None:
	"""Somebody who was reached, or got through in the end, need not be called back."""
	if call.status not in (rules.TALKING, rules.ANSWERED) or not call.phone:
		return
	table = frappe.qb.DocType("Call Record")
	(
		frappe.qb.update(table)
		.set(table.callback_state, "Reached" if call.direction == "Outgoing" else "Called Again")
		.set(table.callback_on, call.answered_on)
		.where((table.project == call.project) & (table.phone == call.phone))
		.where((table.callback_state == "Due") & (table.started_on <= call.started_on) & (table.name != call.name))
		.run()
	)
