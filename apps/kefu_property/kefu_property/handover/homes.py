"""Handing over one home: checklist, defects, meters, keys, papers, signature, then the owner is registered (D24)."""

from __future__ import annotations

import re
from collections.abc import Sequence

import frappe
from frappe import _
from frappe.utils import cint, flt, getdate, now_datetime

from kefu_property.handover import booking, defects, layouts, settings, visits
from kefu_property.handover.exceptions import HandoverIncomplete, HandoverStep
from kefu_property.keys import api as keys
from kefu_property.registry import api as registry
from kefu_property.rules import handover_rules as rules
from kefu_property.suite import attachments, state

SIGNATURE = re.compile(r"data:image/png;base64,[A-Za-z0-9+/]+=*")
MOST_SIGNATURE = 400_000
IN_CABINET = "In Cabinet"


def open_(name: str):
	"""The handover of a home that is under way, locked. Raises HandoverStep."""
	doc = booking.lock_home(name)
	if doc.status != rules.IN_PROGRESS:
		frappe.throw(
			_("The handover of {0} is {1}. Begin it first.").format(doc.unit_code, _(doc.status)), HandoverStep
		)
	return doc


def begin(name: str) -> None:
	"""Begin, or go on with, the handover of a home whose buyer is there. Fills checklist, meters, keys and papers once."""
	doc = booking.lock_home(name)
	if doc.status == rules.IN_PROGRESS:
		return
	if doc.status not in (rules.WAITING, rules.CALLED):
		frappe.throw(_("{0} is {1}. Check the buyer in first.").format(doc.unit_code, _(doc.status)), HandoverStep)
	doc.status = rules.IN_PROGRESS
	doc.called_on = doc.called_on or now_datetime()
	fill(doc)
	doc.save()
	visits.tell(doc.project)


def fill(doc) -> None:
	if not doc.checks:
		for room, text in rules.checklist(layouts.of_unit(doc.unit)["rooms"], settings.checks()):
			doc.append("checks", {"room": room, "check_text": text})
	if not doc.papers:
		for row in settings.papers():
			doc.append("papers", row)
	doc.set("home_keys", [])
	for key in keys.keys_of([doc.unit]):
		if key.status == IN_CABINET:
			doc.append("home_keys", {"property_key": key.name, "key_code": key.key_code, "key_name": key.key_name})
	if state.is_enabled("billing"):
		from kefu_property.billing import api as billing

		known = {row.meter for row in doc.meters}
		for meter in billing.meters_of_unit(doc.unit):
			if meter.name not in known:
				doc.append("meters", {"meter": meter.name, "meter_no": meter.meter_no, "meter_kind": meter.meter_kind})
	if doc.resident and not doc.people:
		doc.append("people", {"resident": doc.resident, "relation": "Owner", "share": 100})


def answer(name: str, room: str, check_text: str, result: str, remark: str = "") -> dict:
	"""Answer one line of the checklist. Returns `open`, the lines of all rooms without an answer."""
	doc = open_(name)
	row = next((row for row in doc.checks if (row.room, row.check_text) == (room, check_text)), None)
	if not row or result not in ("OK", "Defect", "Not Applicable"):
		frappe.throw(_("This line is not on the checklist. Load the page again."), HandoverIncomplete)
	row.db_set({"result": result, "remark": (remark or "").strip()[:140] or None})
	return {"open": sum(not other.result for other in doc.checks)}


def answer_room(name: str, room: str) -> dict:
	"""All open lines of a room are in order. Returns `open`."""
	doc = open_(name)
	table = frappe.qb.DocType("Home Handover Check")
	(
		frappe.qb.update(table)
		.set(table.result, "OK")
		.where((table.parent == doc.name) & (table.room == room) & (table.result.isnull() | (table.result == "")))
		.run()
	)
	return {"open": sum(not row.result and row.room != room for row in doc.checks)}


def add_defect(name: str, values: dict, photos: Sequence[bytes] = ()) -> dict:
	"""Note a defect of the home: `room`, `defect_kind`, `description`, `severity`, `plan_x`, `plan_y`, `request_id`.

	The same `request_id` sent again writes nothing. Returns the defect's name and place. Raises NotAPicture.
	"""
	doc = open_(name)
	request_id = str(values.get("request_id") or "")[:40] or frappe.generate_hash(length=20)
	known = frappe.db.get_value("Handover Defect", {"request_id": request_id})
	if known:
		return summary(known)
	paper = frappe.get_doc(
		{
			"doctype": "Handover Defect",
			"project": doc.project,
			"source": "Home Handover",
			"home_handover": doc.name,
			"unit": doc.unit,
			"room": str(values.get("room") or "").strip()[:140],
			"defect_kind": values.get("defect_kind"),
			"description": str(values.get("description") or "").strip()[:1000],
			"severity": "Serious" if values.get("severity") == "Serious" else "Minor",
			"plan_x": _percent(values.get("plan_x")),
			"plan_y": _percent(values.get("plan_y")),
			"found_on": getdate(),
			"request_id": request_id,
			"photos": [
				{"image": attachments.store(content, "Home Handover", doc.name), "stage": "Before"}
				for content in photos
			],
		}
	)
	paper.flags.files_checked = True
	paper.insert(ignore_permissions=True)  # whoever may write the handover notes its defects
	return summary(paper.name)


def summary(defect: str) -> dict:
	return frappe.db.get_value(
		"Handover Defect",
		defect,
		["name", "room", "defect_kind", "description", "severity", "status", "plan_x", "plan_y", "due_date"],
		as_dict=True,
	)


def _percent(value) -> float:
	return min(max(flt(value, 2), 0.0), 100.0)


def drop_defect(name: str, defect: str) -> None:
	"""Take back a defect that was noted by mistake while the handover goes on."""
	doc = open_(name)
	paper = frappe.get_doc("Handover Defect", defect)
	if paper.home_handover != doc.name:
		frappe.throw(_("This defect is of another home."), HandoverStep)
	paper.delete(ignore_permissions=True)  # see add_defect


def set_owners(doc, people: Sequence[dict]) -> None:
	"""Owners as they are to be registered; new people are entered into the registry at once."""
	rows = []
	for person in people:
		resident = person.get("resident") or registry.register_resident(
			doc.project,
			str(person.get("name") or ""),
			str(person.get("phone") or ""),
			str(person.get("id_type") or ""),
			str(person.get("id_number") or ""),
		)
		rows.append({"resident": resident, "relation": person.get("relation"), "share": flt(person.get("share"))})
	doc.set("people", rows)
	owner = next((row for row in doc.people if row.relation == "Owner"), None)
	doc.resident = owner.resident if owner else (doc.people[0].resident if doc.people else None)


def finish(
	name: str,
	*,
	people: Sequence[dict],
	meters: Sequence[dict],
	given_keys: Sequence[str],
	signed: Sequence[str],
	id_kind: str,
	id_last4: str,
	signature: str,
	remarks: str = "",
) -> dict:
	"""The buyer accepts the home: readings, keys, owner and state of the home change together, or not at all.

	`people` are {resident | name, phone, id_type, id_number; relation, share}; `meters` {meter_no, reading_value};
	`given_keys` names of keys, `signed` titles of papers. Returns `status` and `open_defects`. Raises
	HandoverIncomplete with everything that is missing, and the registry's, keys' and billing's own exceptions.
	"""
	doc = open_(name)
	if not doc.has_permission("submit"):
		frappe.throw(_("Your role may not hand homes over."), frappe.PermissionError)
	set_owners(doc, people)
	doc.check_people()
	values = {str(row.get("meter_no")): str(row.get("reading_value") or "").strip() for row in meters}
	for row in doc.meters:
		row.reading_value = values.get(row.meter_no) or row.reading_value
	for row in doc.papers:
		row.signed = int(row.paper in signed)
	doc.set("home_keys", [row for row in doc.home_keys if row.property_key in given_keys])
	doc.update({"id_kind": id_kind, "id_last4": id_last4, "signature": signature, "remarks": remarks or None})
	need_complete(doc)
	doc.open_defects = defects.count_open("home_handover", doc.name)
	doc.status = rules.outcome(doc.open_defects)
	doc.completed_on, doc.handled_by = now_datetime(), frappe.session.user
	read_meters(doc)
	if doc.home_keys:
		doc.key_handover = keys.hand_over(
			doc.unit,
			doc.resident,
			[row.property_key for row in doc.home_keys],
			id_kind=doc.id_kind,
			id_last4=doc.id_last4,
			signature=doc.signature,
			reference_doctype=doc.doctype,
			reference_name=doc.name,
		)
	registry.hand_over_home(
		doc.unit,
		[{"resident": row.resident, "relation": row.relation, "share": row.share} for row in doc.people],
		getdate(),
	)
	doc.submit()
	visits.tell(doc.project)
	return {"status": doc.status, "open_defects": doc.open_defects, "key_handover": doc.key_handover}


def need_complete(doc) -> None:
	"""Raise HandoverIncomplete with all that is missing, not just the first."""
	missing = []
	open_lines = sum(not row.result for row in doc.checks)
	if open_lines:
		missing.append(_("{0} lines of the checklist").format(open_lines))
	missing += [
		_("reading of meter {0}").format(row.meter_no) for row in doc.meters if not row.reading_value and row.meter
	]
	missing += [_("signature on “{0}”").format(_(row.paper)) for row in doc.papers if row.required and not row.signed]
	if not doc.people:
		missing.append(_("the owner"))
	if not doc.id_kind or not (doc.id_last4 or "").strip():
		missing.append(_("the identity paper"))
	if not doc.signature:
		missing.append(_("the buyer's signature"))
	if missing:
		frappe.throw(_("Still missing: {0}.").format(_(", ").join(missing)), HandoverIncomplete)
	check_signature(doc.signature)


def check_signature(signature: str) -> None:
	if len(signature) > MOST_SIGNATURE or not SIGNATURE.fullmatch(signature):
		frappe.throw(_("The signature cannot be read. Sign again."), HandoverIncomplete)


def read_meters(doc) -> None:
	if not state.is_enabled("billing"):
		return
	from kefu_property.billing import api as billing

	for row in doc.meters:
		if row.meter and row.reading_value:
			row.meter_reading = billing.record_reading(
				row.meter, row.reading_value, _("Handover of the home {0}").format(doc.unit_code)
			)


def refuse(name: str, reason: str) -> None:
	"""The buyer does not accept the home; it waits for the repair of its defects and another appointment."""
	doc = open_(name)
	reason = (reason or "").strip()[:1000]
	if not reason:
		frappe.throw(_("Write why the buyer refuses the home."), HandoverIncomplete)
	doc.checks = []  # the next visit begins with an empty checklist; the defects stay
	doc.update(
		{
			"status": rules.REFUSED,
			"refusal_reason": reason,
			"slot": None,
			"completed_on": now_datetime(),
			"handled_by": frappe.session.user,
			"open_defects": cint(defects.count_open("home_handover", doc.name)),
		}
	)
	doc.save()
	visits.tell(doc.project)
