import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.stores.exceptions import LedgerIsAppendOnly


class StoreLedgerRow(Document):
	"""One change of stock: written by `stores.ledger` only, never changed (D15)."""

	def validate(self) -> None:
		frappe.throw(_("The stock ledger is written by papers only, and is never changed."), LedgerIsAppendOnly)

	def on_trash(self) -> None:
		frappe.throw(_("The stock ledger is written by papers only, and is never changed."), LedgerIsAppendOnly)


def on_doctype_update() -> None:
	frappe.db.add_unique("Store Ledger Row", ["stock", "number"])
	# holds the stock of any day: `stores.ledger.balance` reads nothing else of the ledger
	frappe.db.add_index(
		"Store Ledger Row", ["project", "stock", "position", "quantity_after", "value_after"], "stock_of_a_day"
	)
	frappe.db.add_index("Store Ledger Row", ["project", "posting_date"])
	frappe.db.add_index("Store Ledger Row", ["reference_name"])
