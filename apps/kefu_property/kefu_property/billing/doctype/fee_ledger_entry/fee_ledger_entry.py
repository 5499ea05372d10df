import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.billing.exceptions import LedgerIsAppendOnly


class FeeLedgerEntry(Document):
	"""One posting of the ledger. Written by `billing/ledger.py` only."""

	def before_insert(self):
		self.refuse()

	def validate(self):
		self.refuse()

	def on_trash(self):
		self.refuse()

	def refuse(self):
		frappe.throw(
			_(
				"The ledger is written by bills and payments only and never changed. Cancel the bill or reverse the receipt."
			),
			LedgerIsAppendOnly,
		)


def on_doctype_update():
	frappe.db.add_index("Fee Ledger Entry", ["project", "account", "kind", "posting_date", "amount"])
	frappe.db.add_index("Fee Ledger Entry", ["unit", "posting_date"])
	frappe.db.add_index("Fee Ledger Entry", ["resident", "account", "amount"])
