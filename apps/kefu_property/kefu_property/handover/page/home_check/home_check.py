"""Server side of the page Home Check: the handover of one home on a phone or tablet (D24)."""

import json

import frappe
from frappe import _

from kefu_property.handover import defects, homes, layouts
from kefu_property.handover.exceptions import HandoverIncomplete
from kefu_property.rules import handover_rules as rules
from kefu_property.suite import attachments, uploads

MOST_PHOTOS = 6


@frappe.whitelist()
def get_home(name: str) -> dict:
	"""Everything of one handover: facts, rooms with their lines, defects, meters, keys, papers, owners, floor plan."""
	doc = frappe.get_doc("Home Handover", name)
	doc.check_permission("write")
	layout = layouts.of_unit(doc.unit)
	rooms: dict[str, list] = {}
	for row in doc.checks:
		rooms.setdefault(row.room, []).append(
			{"check_text": row.check_text, "result": row.result or "", "remark": row.remark or ""}
		)
	fields = ("name", "project", "unit", "unit_code", "buyer_name", "status", "queue_number", "desk", "docstatus")
	names = frappe.get_all(
		"Handover Defect",
		filters={"home_handover": name, "status": ["!=", defects.WITHDRAWN]},
		fields=["name", "room", "defect_kind", "description", "severity", "status", "plan_x", "plan_y", "due_date"],
		order_by="creation",
	)
	return {field: doc.get(field) for field in fields} | {
		"rooms": [{"room": room, "lines": lines} for room, lines in rooms.items()],
		"places": [room for room, _kind in layout["rooms"]],
		"plan": layout["plan"],
		"defects": names,
		"kinds": frappe.get_all("Handover Defect Kind", filters={"disabled": 0}, pluck="name", order_by="name"),
		"meters": [
			{"meter_no": row.meter_no, "meter_kind": row.meter_kind, "reading_value": row.reading_value or ""}
			for row in doc.meters
		],
		"keys": [
			{"name": row.property_key, "key_code": row.key_code, "key_name": row.key_name} for row in doc.home_keys
		],
		"papers": [{"paper": row.paper, "required": row.required, "signed": row.signed} for row in doc.papers],
		"people": [
			{
				"resident": row.resident,
				"resident_name": row.resident_name,
				"relation": row.relation,
				"share": row.share,
			}
			for row in doc.people
		],
		"may_finish": bool(doc.has_permission("submit")),
		"running": doc.status == rules.IN_PROGRESS,
		"may_begin": doc.status in (rules.WAITING, rules.CALLED),
	}


@frappe.whitelist()
def running() -> list[dict]:
	"""Handovers of today that wait, are called or run, for the choice on the phone."""
	if not frappe.has_permission("Home Handover", "write"):
		_refuse()
	return frappe.get_list(
		"Home Handover",
		filters={"status": ["in", rules.ON_SITE]},
		fields=["name", "unit_code", "buyer_name", "status", "queue_number", "desk", "project"],
		order_by="queue_date desc, queue_number",
		limit=100,
	)


@frappe.whitelist(methods=["POST"])
def begin(name: str) -> None:
	"""Begin the handover of whoever was called."""
	frappe.get_doc("Home Handover", name).check_permission("write")
	homes.begin(name)


@frappe.whitelist(methods=["POST"])
def answer(name: str, room: str, check_text: str, result: str, remark: str = "") -> dict:
	"""Answer one line of the checklist."""
	frappe.get_doc("Home Handover", name).check_permission("write")
	return homes.answer(name, room, check_text, result, remark)


@frappe.whitelist(methods=["POST"])
def answer_room(name: str, room: str) -> dict:
	"""All open lines of a room are in order."""
	frappe.get_doc("Home Handover", name).check_permission("write")
	return homes.answer_room(name, room)


@frappe.whitelist(methods=["POST"])
def add_defect(name: str, values: str) -> dict:
	"""Note a defect; `values` is JSON as in `homes.add_defect`, photos are in the request (`photos`)."""
	frappe.get_doc("Home Handover", name).check_permission("write")
	contents = attachments.uploads_of("photos", MOST_PHOTOS)
	for content in contents:  # all are looked at before anything is kept
		uploads.check_picture(content)
	return homes.add_defect(name, _json(values, dict), contents)


@frappe.whitelist(methods=["POST"])
def drop_defect(name: str, defect: str) -> None:
	"""Take back a defect that was noted by mistake."""
	frappe.get_doc("Home Handover", name).check_permission("write")
	homes.drop_defect(name, defect)


@frappe.whitelist(methods=["POST"])
def finish(name: str, values: str) -> dict:
	"""The buyer accepts; `values` is JSON with what `homes.finish` needs."""
	frappe.get_doc("Home Handover", name).check_permission("write")
	given = _json(values, dict)
	return homes.finish(
		name,
		people=_rows(given.get("people"), dict)[:20],
		meters=_rows(given.get("meters"), dict)[:50],
		given_keys=_rows(given.get("given_keys"), str)[:100],
		signed=_rows(given.get("signed"), str)[:50],
		id_kind=str(given.get("id_kind") or ""),
		id_last4=str(given.get("id_last4") or "")[:10],
		signature=str(given.get("signature") or ""),
		remarks=str(given.get("remarks") or "")[:1000],
	)


@frappe.whitelist(methods=["POST"])
def refuse(name: str, reason: str) -> None:
	"""The buyer does not accept the home."""
	frappe.get_doc("Home Handover", name).check_permission("write")
	homes.refuse(name, reason)


def _json(text: str, kind: type):
	try:
		value = json.loads(text)
	except ValueError:
		value = None
	if not isinstance(value, kind):
		frappe.throw(_("The page sent something that cannot be read. Load it again."), HandoverIncomplete)
	return value


def _rows(value, kind: type) -> list:
	return [row for row in value if isinstance(row, kind)] if isinstance(value, list) else []


def _refuse() -> None:
	frappe.throw(_("Your role may not write {0}.").format(_("Home Handover")), frappe.PermissionError)
