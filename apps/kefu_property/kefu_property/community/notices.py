"""Who a notice is for, who has read it, and the message of an emergency (D12)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime, today

from kefu_property.registry import api as registry
from kefu_property.rules import community_rules as rules
from kefu_property.suite import messages

UNIT_TYPES = {
	"Dwelling": "for_dwelling",
	"Shop": "for_shop",
	"Office": "for_office",
	"Parking": "for_parking",
	"Storage": "for_storage",
}
FIELDS = ("name", "project", "title", "kind", "emergency", "pinned", "valid_from", "valid_to", *UNIT_TYPES.values())
#: messages between two commits
BATCH = 100


def unit_types(notice) -> list[str]:
	return [kind for kind, field in UNIT_TYPES.items() if notice.get(field)]


def audience(doc) -> list[str]:
	"""Residents who own or live in a unit that the notice is for, in a fixed order."""
	buildings = [row.building for row in doc.buildings]
	kinds = unit_types(doc)
	units = {
		row["name"]
		for row in registry.units(doc.project)
		if rules.is_addressed(row["building"], row["unit_type"], buildings, kinds)
	}
	return sorted({row.resident for row in registry.occupants(doc.project) if row.unit in units})


def of_user(user: str, past: bool = False) -> list[dict]:
	"""Published notices for the homes of a portal user, emergencies and pinned ones first; `past`: those that are over.

	Rows with FIELDS, `read` (bool). What is for other buildings or kinds of units is left out.
	"""
	homes = registry.units_of_user(user)
	by_project: dict[str, list[str]] = {}
	for home in homes:
		by_project.setdefault(home["project"], []).append(home["unit"])
	if not by_project:
		return []
	day = getdate(today())
	# residents have no right on documents: the filter by their own homes is the check
	rows = frappe.get_all(
		"Community Notice",
		filters={"project": ["in", list(by_project)], "docstatus": 1, "valid_from": ["<=", day]},
		fields=list(FIELDS),
		order_by="emergency desc, pinned desc, valid_from desc, creation desc",
		limit=300,
	)
	rows = [row for row in rows if rules.in_force(row.valid_from, row.valid_to, day) is not past]
	buildings = _buildings([row.name for row in rows])
	units = [
		{**unit, "project": project}
		for project, names in by_project.items()
		for unit in registry.units(project, names=names)
	]
	shown = [
		row
		for row in rows
		if any(
			unit["project"] == row.project
			and rules.is_addressed(unit["building"], unit["unit_type"], buildings.get(row.name, ()), unit_types(row))
			for unit in units
		)
	]
	read = set(
		frappe.get_all(
			"Notice Read",
			filters={
				"notice": ["in", [row.name for row in shown] or [""]],
				"resident": ["in", list({home["resident"] for home in homes})],
			},
			pluck="notice",
		)
	)
	for row in shown:
		row.read = row.name in read
	return shown


def _buildings(names: list[str]) -> dict[str, list[str]]:
	found: dict[str, list[str]] = {}
	for row in frappe.get_all(
		"Notice Building",
		filters={"parent": ["in", names or [""]], "parenttype": "Community Notice"},
		fields=["parent", "building"],
	):
		found.setdefault(row.parent, []).append(row.building)
	return found


def mark_read(doc, user: str) -> None:
	"""Note that a portal user has opened a notice: once for each of their records in its project."""
	residents = {home["resident"] for home in registry.units_of_user(user) if home["project"] == doc.project}
	now = now_datetime()
	values = [(f"{doc.name}-{name}", now, now, user, user, doc.project, doc.name, name, now) for name in residents]
	new = 0
	for row in values:
		# one statement, so that two windows opened at the same moment count once
		frappe.db.sql(  # lint: allow query-in-loop: one record of the person in nearly all cases
			"""insert ignore into `tabNotice Read`
			(name, creation, modified, owner, modified_by, project, notice, resident, read_on)
			values (%s, %s, %s, %s, %s, %s, %s, %s, %s)""",
			row,
		)
		new += frappe.db._cursor.rowcount
	if new:
		frappe.db.sql("update `tabCommunity Notice` set read_count = read_count + %s where name = %s", (new, doc.name))


def tell(notice: str) -> int:
	"""Background job: send the message of an emergency notice to its audience, each resident once. Returns the number sent.

	What was sent is written down after every batch, so that a job that broke off goes on where it stopped.
	"""
	doc = frappe.get_doc("Community Notice", notice)
	if doc.docstatus != 1:
		return 0
	sent = doc.told_count
	left = [resident for resident in audience(doc) if resident > (doc.told_until or "")]
	for start in range(0, len(left), BATCH):
		batch = left[start : start + BATCH]
		for resident in batch:
			phone = registry.phone_for_message(resident)
			if phone:
				messages.send("emergency_notice", phone, {"title": doc.title, "link": doc.address()}, resident=resident)
				sent += 1
		doc.db_set({"told_until": batch[-1], "told_count": sent}, update_modified=False)
		if not frappe.flags.in_test:
			frappe.db.commit()  # a job that breaks off goes on behind this batch
	return sent


def message_texts(kind: str, args: dict) -> str | None:
	"""Extension point `message_texts`: what the community desk sends."""
	if kind == "emergency_notice":
		return _("Emergency notice: {title} {link} {organisation}").format(**args)
	if kind == "activity_moved_up":
		return _(
			"You have places for {title} on {start}. If you cannot come, please cancel: {link} {organisation}"
		).format(**args)
	if kind == "activity_cancelled":
		return _("{title} on {start} is cancelled: {reason} {organisation}").format(**args)
	if kind == "booking_cancelled":
		return _("Your booking {title} on {start} is cancelled: {reason} {organisation}").format(**args)
	if kind == "objection_answered":
		return _("Your objection to the disclosure {title} is answered: {link} {organisation}").format(**args)
	return None
