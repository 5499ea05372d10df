"""Broken rules of facilities and inspection, one class each."""

import frappe


class FacilityIncomplete(frappe.ValidationError):
	"""Something of a facility's record does not fit together."""


class WrongProject(frappe.ValidationError):
	"""A facility, building or paper belongs to another project."""


class UnknownFacility(frappe.ValidationError):
	"""No facility has this code."""


class WrongFacility(frappe.ValidationError):
	"""The scanned label is not that of the facility to be checked."""


class PlanInvalid(frappe.ValidationError):
	"""A plan or template does not say clearly what is done when."""


class CheckIncomplete(frappe.ValidationError):
	"""A check sheet lacks an answer, a remark or a photo, or has one that cannot be."""


class TaskDone(frappe.ValidationError):
	"""Somebody else has finished this check."""


class NotTheSender(frappe.PermissionError):
	"""Answers of one person came with another one's login: the phone keeps them."""


class ReadingBelowPrevious(frappe.ValidationError):
	"""A counter shows less than at the check before."""


class TaskNotOpen(frappe.ValidationError):
	"""The check is done, missed or skipped."""


class RectificationIncomplete(frappe.ValidationError):
	"""A defect lacks what its next step needs."""


class VerifiedByMender(frappe.PermissionError):
	"""The one who mended a defect tried to verify it."""


class ExtensionInvalid(frappe.ValidationError):
	"""An extension does not lead to a later day of an open rectification."""


class MaintenanceIncomplete(frappe.ValidationError):
	"""Maintenance is reported without its day, or with costs that cannot be."""


class BookingRefused(frappe.ValidationError):
	"""The facility cannot be booked like this."""


class SlotTaken(frappe.ValidationError):
	"""Somebody else has booked this time."""


class ContractInvalid(frappe.ValidationError):
	"""A contract for an advertising place is not in order."""


class PlaceTaken(frappe.ValidationError):
	"""The advertising place is let in the same days."""


class RentInvalid(frappe.ValidationError):
	"""An amount of rent that is not owed, or comes at the wrong time."""
