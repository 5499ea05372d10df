"""How a check is carried out: the sheet is answered once, defects become rectifications (D5).

A phone may send the same answers again (the `request_id` tells), or send them hours later from its queue. Two phones never
finish the same task: the second one is told who was first.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import add_days, format_datetime, get_datetime, get_fullname, getdate, now_datetime

from kefu_property.inspection import planning, settings
from kefu_property.inspection.exceptions import (
	CheckIncomplete,
	ReadingBelowPrevious,
	TaskDone,
	TaskNotOpen,
	UnknownFacility,
	WrongFacility,
)
from kefu_property.rules import inspection_rules as rules
from kefu_property.rules.money import D
from kefu_property.suite import attachments, uploads

OPEN = ("Planned", "Missed Check")
MOST_PHOTOS = 20
#: a phone's clock may be a little ahead
CLOCK_TOLERANCE = timedelta(minutes=10)


def facility_by_code(code: str):
	"""The facility of a scanned or typed label; a whole address is understood, too. Raises UnknownFacility."""
	code = (code or "").strip().rstrip("/").rsplit("/", 1)[-1].upper()
	name = frappe.db.get_value("Facility", {"code": code}) if code else None
	if not name:
		frappe.throw(
			_("No facility has the code {0}. Look at the label and type it again.").format(code), UnknownFacility
		)
	return frappe.get_doc("Facility", name)


def items_of(templates: list[str]) -> dict[str, list[dict]]:
	"""Check items by template, in order."""
	found: dict[str, list[dict]] = {name: [] for name in templates}
	for row in frappe.get_all(
		"Inspection Template Item",
		filters={"parent": ["in", templates or [""]], "parenttype": "Inspection Template"},
		fields=[
			"parent",
			"name",
			"item_text",
			"answer_type",
			"min_value",
			"max_value",
			"measure",
			"choices",
			"photo_required",
			"standard",
		],
		order_by="parent, idx",
	):
		found[row.parent].append(row)
	return found


def already_sent(request_id: str) -> dict | None:
	return frappe.db.get_value(
		"Inspection Task", {"request_id": request_id}, ["name", "result", "status"], as_dict=True
	)


def claim(name: str, request_id: str):
	"""(task, None) with its row held until the end of the transaction; (None, answer) when these answers are written already.

	Raises TaskDone when another phone was first, TaskNotOpen for a check that was skipped or taken out of its plan.
	"""
	row = frappe.db.get_value(
		"Inspection Task",
		name,
		["name", "status", "result", "done_by", "done_on", "skip_reason", "request_id"],
		as_dict=True,
		for_update=True,
	)
	if not row:
		frappe.throw(_("This check is no longer planned. Send it as an extra check of the facility."), TaskDone)
	if row.request_id == request_id:
		return None, {key: row[key] for key in ("name", "result", "status")}
	if row.status == "Done":
		frappe.throw(
			_("{0} finished this check on {1}. Keep yours as an extra check, or discard it.").format(
				get_fullname(row.done_by), format_datetime(row.done_on)
			),
			TaskDone,
		)
	if row.status not in OPEN:
		frappe.throw(_("This check was skipped: {0}").format(row.skip_reason), TaskNotOpen)
	return frappe.get_doc("Inspection Task", name), None


def extra_task(facility: str | None, template: str | None):
	"""A check without plan, today; not saved yet."""
	if not facility or not template:
		_incomplete(_("Say which facility was checked by which sheet."))
	doc = frappe.new_doc("Inspection Task")
	project = frappe.db.get_value("Facility", facility, "project")
	doc.update(
		{
			"project": project,
			"facility": facility,
			"template": template,
			"scheduled_for": getdate(),
			"status": "Planned",
		}
	)
	return doc


def finish(doc, answers: list[dict], request_id: str, code: str | None, performed_on: str | None, note: str | None):
	"""Write the answers of a claimed or extra task and its photos (of the request), and open rectifications.

	`answers`: dicts of `item` (name of the template's item), `answer`, `not_applicable`, `remark`, `counter_replaced`, `photos`
	(how many of the request's photos belong to it, in order). Raises CheckIncomplete, WrongFacility, ReadingBelowPrevious, NotAPicture.
	"""
	template = frappe.get_cached_doc("Inspection Template", doc.template)
	check_label(doc, template, code)
	moment = moment_of(performed_on)
	contents = attachments.uploads_of("photos", MOST_PHOTOS)
	for content in contents:  # all are looked at before anything is kept
		uploads.check_picture(content)
	lines, captions, points = answered(template.items, answers, doc.facility, len(contents))
	if doc.is_new():
		doc.insert()
	problems = [line for line in lines if line["outcome"] == rules.PROBLEM]
	doc.update(
		{
			"status": "Done",
			"result": "Problems" if problems else "In Order",
			"score": float(rules.score(points) or 0),
			"done_by": frappe.session.user,
			"done_on": moment,
			"received_on": now_datetime(),
			"late": int(bool(doc.due_on and moment > get_datetime(doc.due_on))),
			"note": (note or "").strip()[:1000] or None,
			"request_id": request_id,
			"lines": lines,
			"photos": [
				{"image": attachments.store(content, doc.doctype, doc.name), "caption": caption}
				for content, caption in zip(contents, captions, strict=True)
			],
		}
	)
	doc.flags.from_round = doc.flags.files_checked = True
	doc.save()
	open_rectifications(doc, template, problems)
	frappe.db.set_value("Facility", doc.facility, "last_checked_on", moment, update_modified=False)
	planning.note_next_checks({doc.facility})
	return doc


def check_label(doc, template, code: str | None) -> None:
	if not code:
		if template.scan_required:
			frappe.throw(_("Scan the label of the facility: this check is made on the spot."), WrongFacility)
		return
	scanned = facility_by_code(code)
	if scanned.name != doc.facility:
		frappe.throw(
			_("This label belongs to {0}. Go to {1} and scan its label.").format(
				scanned.facility_name, frappe.db.get_value("Facility", doc.facility, "facility_name")
			),
			WrongFacility,
		)


def moment_of(performed_on: str | None) -> datetime:
	"""When the check was made: a phone that was offline tells its own time, never one to come."""
	now = now_datetime()
	if not performed_on:
		return now
	moment = get_datetime(performed_on)
	if moment > now + CLOCK_TOLERANCE:
		frappe.throw(_("The phone's clock is ahead of the time. Set it and send again."), CheckIncomplete)
	return min(moment, now)


def answered(items, answers: list[dict], facility: str, photos: int) -> tuple[list[dict], list[str | None], list]:
	"""(lines, caption of each photo, points) of a sheet in the template's order."""
	given = {str(row.get("item")): row for row in answers if isinstance(row, dict)}
	counters = any(item.answer_type == "Meter Reading" for item in items)
	readings = last_readings([facility]).get(facility, {}) if counters else {}
	lines, captions, points = [], [], []
	for item in items:
		row = given.get(item.name) or {}
		line, number = answered_line(item, row)
		pictures = max(0, int(row.get("photos") or 0))
		captions += [item.item_text[:140]] * pictures
		if item.photo_required and not pictures and line["outcome"] != rules.NOT_APPLICABLE:
			_incomplete(_("{0}: take a photo.").format(_(item.item_text)))
		if item.answer_type == "Meter Reading" and number is not None:
			check_reading(item.item_text, number, readings.get(item.item_text), line["counter_replaced"])
		if item.answer_type == "Score" and number is not None:
			points.append((number, D(str(item.max_value or 10))))
		lines.append(line)
	if len(captions) > photos:
		_incomplete(_("Photos are missing. Take them again."))
	return lines, captions + [None] * (photos - len(captions)), points


def answered_line(item, row: dict) -> tuple[dict, Decimal | None]:
	remark = str(row.get("remark") or "").strip()[:140]
	line = {
		"item_text": item.item_text,
		"answer_type": item.answer_type,
		"measure": item.measure,
		"remark": remark or None,
		"counter_replaced": int(bool(row.get("counter_replaced"))),
	}
	if row.get("not_applicable"):
		return line | {"outcome": rules.NOT_APPLICABLE}, None
	answer = str(row.get("answer") or "").strip()
	if not answer:
		_incomplete(_("{0} is not answered yet.").format(_(item.item_text)))
	try:
		outcome, number = rules.judge(item.as_dict(), answer)
	except rules.AnswerInvalid:
		_incomplete(_("{0}: {1} is no answer to this.").format(_(item.item_text), answer[:40]))
	if outcome == rules.PROBLEM and not remark:
		_incomplete(_("{0}: say what is wrong.").format(_(item.item_text)))
	return line | {
		"answer": answer[:140],
		"outcome": outcome,
		"number_value": float(number) if number is not None else None,
	}, number


def last_readings(facilities: list[str]) -> dict[str, dict[str, Decimal]]:
	"""Latest reading of each counter of facilities: facility → text of the item → reading."""
	task, line = frappe.qb.DocType("Inspection Task"), frappe.qb.DocType("Inspection Task Line")
	rows = (
		frappe.qb.from_(task)
		.join(line)
		.on((line.parent == task.name) & (line.parenttype == "Inspection Task"))
		.select(task.facility, line.item_text, line.number_value)
		.where(task.facility.isin(facilities or [""]) & (task.status == "Done"))
		.where((line.answer_type == "Meter Reading") & (line.outcome != rules.NOT_APPLICABLE))
		.orderby(task.done_on)
		.run()
	)
	found: dict[str, dict[str, Decimal]] = {}
	for facility, text, number in rows:
		found.setdefault(facility, {})[text] = D(str(number))
	return found


def check_reading(text: str, number: Decimal, before: Decimal | None, replaced: int) -> None:
	if before is not None and number < before and not replaced:
		frappe.throw(
			_(
				"{0}: {1} is less than the reading before, {2}. Read it again, or mark that the counter was replaced."
			).format(_(text), number, before),
			ReadingBelowPrevious,
		)


def open_rectifications(doc, template, problems: list[dict]) -> None:
	"""A rectification for each problem; one that is open already is noted there instead."""
	if not problems:
		return
	known = dict(
		frappe.get_all(
			"Rectification",
			filters={"facility": doc.facility, "status": ["!=", "Closed"]},
			fields=["item_text", "name"],
			as_list=True,
		)
	)
	photos = {}
	for row in doc.photos:
		photos.setdefault(row.caption, []).append(row)
	for line in problems:
		text = line["item_text"]
		if text in known:
			frappe.get_doc(  # lint: allow query-in-loop: one comment per problem that was found again
				{
					"doctype": "Comment",
					"comment_type": "Info",
					"reference_doctype": "Rectification",
					"reference_name": known[text],
					"content": _("Found again on {0}: {1}").format(format_datetime(doc.done_on), line["remark"]),
				}
			).insert(ignore_permissions=True)  # the check itself was allowed
			continue
		rectification = frappe.get_doc(  # lint: allow query-in-loop: a new document
			{
				"doctype": "Rectification",
				"project": doc.project,
				"facility": doc.facility,
				"task": doc.name,
				"item_text": text,
				"severity": "Serious" if doc.kind == "Fire" else "Minor",
				"found_on": doc.done_on,
				"due_date": add_days(getdate(), template.rectify_days),
				"description": line["remark"],
				"photos": [{"image": row.image, "caption": row.caption} for row in photos.get(text, ())],
			}
		)
		rectification.flags.files_checked = True  # they were cleaned with the check
		rectification.insert(ignore_permissions=True)  # follows from the check, which was allowed


def _incomplete(text: str) -> None:
	frappe.throw(text, CheckIncomplete)


def count_before(facility: str, item_text: str | None, found_on, name: str) -> int:
	"""How often the same item of a facility was defective in the office's period before (D5)."""
	if not item_text:
		return 0
	since = add_days(getdate(found_on), -settings.number("recurrence_days"))
	return frappe.db.count(
		"Rectification",
		{
			"facility": facility,
			"item_text": item_text,
			"found_on": ["between", [since, get_datetime(found_on)]],
			"name": ["!=", name or ""],
		},
	)
