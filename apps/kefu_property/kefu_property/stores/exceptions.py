"""Errors of stores and fixed assets, each named for the rule that was broken."""

import frappe


class InsufficientStock(frappe.ValidationError):
	"""More would leave the store than lies there."""


class QuantityInvalid(frappe.ValidationError):
	"""A quantity is zero, negative, or a fraction of an item that is kept in whole units."""


class ItemTwice(frappe.ValidationError):
	"""The same item stands twice on one paper."""


class ItemDisabled(frappe.ValidationError):
	"""The item is not used any more."""


class NoItems(frappe.ValidationError):
	"""A paper needs at least one item."""


class WrongProject(frappe.ValidationError):
	"""Store, department or asset are of another project."""


class SameStore(frappe.ValidationError):
	"""A transfer goes to another store."""


class DepartmentMissing(frappe.ValidationError):
	"""An issue is charged to a department or to a document such as a repair order."""


class PostingDate(frappe.ValidationError):
	"""The posting date lies in the future or before a posting of the same item."""


class ReturnInvalid(frappe.ValidationError):
	"""A return names an issue from the same store."""


class MoreThanAsked(frappe.ValidationError):
	"""More would be issued, received or returned than the paper before it says."""


class NotApproved(frappe.ValidationError):
	"""The requisition or purchase request is not approved, or is closed."""


class MovementUsed(frappe.ValidationError):
	"""Goods of this issue came back: cancel the return first."""


class LedgerIsAppendOnly(frappe.PermissionError):
	"""Rows of a ledger are never changed or deleted."""


class StockInUse(frappe.ValidationError):
	"""The unit or store of goods that were posted cannot be changed."""


class CountIncomplete(frappe.ValidationError):
	"""A count has a number for every item and explains its differences."""
