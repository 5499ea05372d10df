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


class CustodianMissing(frappe.ValidationError):
	"""An asset in use has a custodian."""


class AssetFrozen(frappe.ValidationError):
	"""Value, custodian and place of an asset in the books change by papers only."""


class AssetNotAvailable(frappe.ValidationError):
	"""The asset is not in use: it is a draft, under repair, scrapped or sold."""


class AssetInTransfer(frappe.ValidationError):
	"""Another transfer of the asset waits for acceptance."""


class TransferToOneself(frappe.ValidationError):
	"""An asset is handed to somebody else than the one who has it or who sends it."""


class NotTheReceiver(frappe.PermissionError):
	"""Only the new custodian accepts or refuses a transfer."""


class AlreadyAnswered(frappe.ValidationError):
	"""The transfer was accepted, refused or cancelled before."""


class ValueInvalid(frappe.ValidationError):
	"""Values, life or dates of an asset contradict each other."""


class MonthInvalid(frappe.ValidationError):
	"""A depreciation run names a month that is over or running, after the runs before it, once."""


class NothingToDepreciate(frappe.ValidationError):
	"""No asset has depreciation due."""


class StalePaper(frappe.ValidationError):
	"""The asset changed since the paper was prepared."""


class LaterPaper(frappe.ValidationError):
	"""A later paper of the same asset has to be cancelled first."""


class RepairOpen(frappe.ValidationError):
	"""The asset is under repair already, or the repair is done."""
