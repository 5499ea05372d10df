"""Errors of the registry, each named for the rule that was broken."""

import frappe


class InvalidCode(frappe.ValidationError):
	"""A code of a project, building or home holds characters that names cannot have."""


class ImplausibleArea(frappe.ValidationError):
	"""An area is missing its sense: negative, larger inside than outside, or beyond any building."""


class WrongProject(frappe.ValidationError):
	"""Two records that belong together are of different projects."""


class InvalidPhone(frappe.ValidationError):
	"""No mobile, landline, service or foreign number."""


class InvalidIdNumber(frappe.ValidationError):
	"""The number does not have the form or the check digit of its kind of paper."""


class InvalidPlate(frappe.ValidationError):
	"""No number plate in use."""


class DuplicatePlate(frappe.ValidationError):
	"""The plate is registered already and still active."""


class ResidentDisabled(frappe.ValidationError):
	"""A disabled or merged resident takes no new role."""


class OccupancyDates(frappe.ValidationError):
	"""The last day lies before the first."""


class TwoPayers(frappe.ValidationError):
	"""A home would have two payers on one day."""


class TwoOwners(frappe.ValidationError):
	"""A home would have two main owners, or a developer beside an owner, on one day."""


class SharesExceedWhole(frappe.ValidationError):
	"""Shares of ownership add up to more than 100 %."""


class OccupancyTwice(frappe.ValidationError):
	"""The same person is entered twice in the same relation to the same home."""


class RevealRefused(frappe.PermissionError):
	"""The user's role may not see full numbers, or named no purpose."""


class NothingStored(frappe.ValidationError):
	"""No number is stored in this place."""


class InvitationImpossible(frappe.ValidationError):
	"""A resident cannot get a portal login as the record stands."""


class MoveIncomplete(frappe.ValidationError):
	"""A move request lacks what its kind of move needs."""


class MoveBlocked(frappe.ValidationError):
	"""A check of the list is blocked and was not waived."""


class MoveConflict(frappe.ValidationError):
	"""The move contradicts the occupancy of the home."""


class MoveCarriedOut(frappe.ValidationError):
	"""A move that was carried out cannot be cancelled; a new request leads back."""


class WaiverRefused(frappe.PermissionError):
	"""Only the Office Director waives a blocked check, with a reason."""


class MergeContradiction(frappe.ValidationError):
	"""Two residents cannot be one person as the records stand."""


class UnreadableRoster(frappe.ValidationError):
	"""The file is no roster: not an xlsx, too large, or without the columns of the template."""


class RosterNotReady(frappe.ValidationError):
	"""The import is not in a state for this step."""


class ErasureRefused(frappe.ValidationError):
	"""A person cannot be erased while a home, money or a thing is still theirs."""
