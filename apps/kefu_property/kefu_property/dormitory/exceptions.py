"""Errors of the dormitory, each named for the rule that was broken."""

import frappe


class WrongProject(frappe.ValidationError):
	"""Building, room, bed or person are of another project."""


class WrongRoom(frappe.ValidationError):
	"""A room or bed does not belong where the paper says."""


class RoomFull(frappe.ValidationError):
	"""A room has no place for another bed."""


class RoomInUse(frappe.ValidationError):
	"""People live in the room or bed, so it cannot be changed in this way."""


class BedNotFree(frappe.ValidationError):
	"""A bed is taken, reserved or under repair."""


class BedMissing(frappe.ValidationError):
	"""The warden has to choose a bed before HR decides."""


class GenderRule(frappe.ValidationError):
	"""The room is for the other gender."""


class RankRule(frappe.ValidationError):
	"""The room is for higher ranks."""


class HasBed(frappe.ValidationError):
	"""Somebody who has a bed, or waits for one, asks for another one."""


class NoBed(frappe.ValidationError):
	"""A transfer or visit needs somebody who stays in the dormitory."""


class NotInService(frappe.ValidationError):
	"""Beds are for staff who work here."""


class NotForOthers(frappe.PermissionError):
	"""Staff apply for themselves alone."""


class DormitoryDates(frappe.ValidationError):
	"""A date lies before the one that it follows, or in the future."""


class NotApproved(frappe.ValidationError):
	"""A check-in needs an approved application that was not used."""


class DepositWrong(frappe.ValidationError):
	"""The deposit that was received is not the one that is due."""


class StayFixed(frappe.ValidationError):
	"""A stay that was moved on or ended is not changed or cancelled any more."""


class DeductionsOpen(frappe.ValidationError):
	"""No check-out while deductions are open."""


class SettlementWrong(frappe.ValidationError):
	"""What was received, deducted or refunded does not add up."""


class InventoryWrong(frappe.ValidationError):
	"""More came back than was given out, or something missing has no explanation."""


class EntryFixed(frappe.ValidationError):
	"""An entry that was written is not changed or deleted."""


class ReadingWrong(frappe.ValidationError):
	"""A reading is lower than the one before, or does not follow it."""


class PeriodTaken(frappe.ValidationError):
	"""The building has a meter sheet for these days."""


class ListEmpty(frappe.ValidationError):
	"""A list or sheet has no lines."""


class ListChanged(frappe.ValidationError):
	"""Deductions were settled since the list was drawn up."""


class EvidenceMissing(frappe.ValidationError):
	"""Nothing is deducted without evidence and a clause of the agreement."""


class InspectionIncomplete(frappe.ValidationError):
	"""A score is missing or out of range, or a hazard has no day to be put right."""


class VisitorHours(frappe.ValidationError):
	"""Visitors are not received at this hour, or left before they came."""
