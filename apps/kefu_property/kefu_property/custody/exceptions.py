"""Errors of custody, each named for the rule that was broken."""

import frappe


class WrongProject(frappe.ValidationError):
	"""Shelf, home or resident are of another project."""


class DuplicateParcel(frappe.ValidationError):
	"""A parcel with this tracking number is waiting already."""


class InvalidTrackingNumber(frappe.ValidationError):
	"""No carrier prints such a number."""


class RecipientMissing(frappe.ValidationError):
	"""Nobody is named for whom the item is."""


class SealMissing(frappe.ValidationError):
	"""Valuables are taken in with a seal and a photo (L20)."""


class NotWaiting(frappe.ValidationError):
	"""The item was picked up, returned, lost or is disputed."""


class CodeLocked(frappe.ValidationError):
	"""Too many wrong codes: a new one has to be sent."""


class ProofMissing(frappe.ValidationError):
	"""Whoever picks up without a code shows a paper, or is authorised."""


class ChargeOpen(frappe.ValidationError):
	"""The agreed keeping charge is neither paid nor waived (L20)."""


class StatusByHand(frappe.ValidationError):
	"""The status follows from pick-up, return, count and claim."""


class ClaimIncomplete(frappe.ValidationError):
	"""A claim is decided with findings, an answer and a compensation within its limit."""


class ClaimOpen(frappe.ValidationError):
	"""The item has an open claim already."""


class CountIncomplete(frappe.ValidationError):
	"""A count names every item and explains its differences."""


class AuthorisationInvalid(frappe.ValidationError):
	"""An authorisation is for another person, revoked or past its end."""
