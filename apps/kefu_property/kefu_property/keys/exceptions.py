"""Errors of the keys, each named for the rule that was broken."""

import frappe


class InvalidHook(frappe.ValidationError):
	"""No hook of this name in the cabinet."""


class HookTaken(frappe.ValidationError):
	"""Another key or set hangs on the hook."""


class CabinetTooSmall(frappe.ValidationError):
	"""Keys hang on hooks that the smaller cabinet would not have."""


class WrongProject(frappe.ValidationError):
	"""Key, cabinet, home or borrower are of different projects."""


class KeyNotAvailable(frappe.ValidationError):
	"""A key is not in the cabinet, so it cannot be handed out."""


class KeyTwice(frappe.ValidationError):
	"""The same key stands twice on one paper."""


class IdentityNotChecked(frappe.ValidationError):
	"""Residents and contractors show a paper; its kind and last four characters are noted."""


class BorrowerMissing(frappe.ValidationError):
	"""The borrower's kind asks for a staff member, a resident or a company with a phone."""


class DueTime(frappe.ValidationError):
	"""The due time lies in the past or beyond the longest loan."""


class NeedsApproval(frappe.PermissionError):
	"""A restricted key is handed out only after approval."""


class AlreadyReturned(frappe.ValidationError):
	"""The key came back before."""


class NotOnLoan(frappe.ValidationError):
	"""The loan was not handed out, or is closed."""


class KeyInUse(frappe.ValidationError):
	"""A key that is out or was lost cannot be moved, retired or deleted by hand."""


class LossOpen(frappe.ValidationError):
	"""The loss of this key is being followed up already."""


class LockChangeMissing(frappe.ValidationError):
	"""A loss with lock change closes only when the lock was changed."""


class CountIncomplete(frappe.ValidationError):
	"""A count names every key and explains its differences."""


class NothingToHandOver(frappe.ValidationError):
	"""A handover names keys of the home that are in the right hands."""
