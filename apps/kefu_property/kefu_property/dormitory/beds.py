"""How beds change hands: every change locks the bed first, so that no bed is given out twice (D17)."""

from __future__ import annotations

import frappe
from frappe import _

from kefu_property.dormitory.exceptions import BedNotFree, GenderRule, HasBed, NotInService, RankRule
from kefu_property.rules import dormitory_rules as rules
from kefu_property.workforce import api as workforce

FREE, RESERVED, TAKEN, REPAIR = "Vacant", "Reserved", "In Use", "Repair"
STAYING = "Staying"


def lock(bed: str) -> frappe._dict:
	"""The bed's row as it stands now, locked until the end of the transaction."""
	table = frappe.qb.DocType("Dormitory Bed")
	rows = frappe.qb.from_(table).select(table.star).where(table.name == bed).for_update().run(as_dict=True)
	if not rows:
		frappe.throw(_("There is no bed {0}.").format(bed), frappe.DoesNotExistError)
	return rows[0]


def need_status(bed: frappe._dict, *allowed: str) -> None:
	if bed.status not in allowed:
		frappe.throw(_("The bed {0} is not free: {1}. Choose another one.").format(bed.name, _(bed.status)), BedNotFree)


def check_person(staff: str) -> frappe._dict:
	"""The file of somebody who works here; others get no bed."""
	file = workforce.staff([staff]).get(staff)
	if not file or file.status in ("Departed", "Suspended"):
		frappe.throw(_("{0} does not work here at present. Beds are for staff.").format(staff), NotInService)
	return file


def check_rules(bed: str, file: frappe._dict) -> None:
	"""Gender and rank rules of the bed's room, and whether the room is open."""
	room = frappe.db.get_value(
		"Dormitory Room",
		frappe.db.get_value("Dormitory Bed", bed, "room"),
		["name", "gender", "lowest_rank", "closed"],
		as_dict=True,
	)
	if room.closed:
		frappe.throw(_("The room {0} is closed. Choose another one.").format(room.name), BedNotFree)
	if not rules.gender_fits(file.gender, room.gender):
		frappe.throw(
			_("The room {0} is for {1}; {2} cannot be given a bed there.").format(
				room.name, _(room.gender), file.staff_name
			),
			GenderRule,
		)
	if not rules.rank_fits(file.rank, room.lowest_rank):
		frappe.throw(_("The room {0} is for the rank {1} and above.").format(room.name, _(room.lowest_rank)), RankRule)


def current_stay(staff: str) -> frappe._dict | None:
	"""Where somebody lives now: `name`, `bed`, `room`, `building`, `from_date`."""
	rows = frappe.get_all(
		"Dormitory Stay",
		filters={"staff": staff, "status": STAYING},
		fields=["name", "bed", "room", "building", "from_date", "project", "staff_name"],
		limit=1,
	)
	return rows[0] if rows else None


def reserve(bed: str, staff: str, application: str) -> None:
	"""Keep a free bed for somebody. Raises BedNotFree; the unique key keeps a person from two reservations."""
	need_status(lock(bed), FREE)
	_write(bed, status=RESERVED, reserved_for=staff, application=application)


def release(bed: str, application: str) -> None:
	"""Give up the reservation of an application, if it still stands."""
	row = lock(bed)
	if row.status == RESERVED and row.application == application:
		_write(bed, status=FREE, reserved_for=None, application=None)


def take(bed: str, staff: str, stay: str, application: str) -> None:
	"""Somebody moves in: the bed must be reserved by the application."""
	row = lock(bed)
	if row.application != application:
		need_status(row, RESERVED)
		frappe.throw(_("The bed {0} is reserved for somebody else.").format(bed), BedNotFree)
	_write(bed, status=TAKEN, occupant=staff, stay=stay, reserved_for=None, application=None)


def leave(bed: str) -> None:
	"""Somebody moves out: the bed is free again."""
	lock(bed)
	_write(bed, status=FREE, occupant=None, stay=None)


def set_repair(bed: str, reason: str | None) -> None:
	"""Take a free bed out of use for a repair, or back when there is no reason any more."""
	need_status(lock(bed), FREE if reason else REPAIR)
	_write(bed, status=REPAIR if reason else FREE, repair_reason=reason)


def _write(bed: str, **values) -> None:
	"""The unique keys of occupant and reservation keep a person from two beds, also when two desks act at once."""
	try:
		frappe.db.set_value("Dormitory Bed", bed, values)
	except Exception as error:
		if not frappe.db.is_duplicate_entry(error):
			raise
		frappe.throw(_("This person has a bed already, or one is reserved. Use a transfer."), HasBed)
	frappe.clear_document_cache("Dormitory Bed", bed)
