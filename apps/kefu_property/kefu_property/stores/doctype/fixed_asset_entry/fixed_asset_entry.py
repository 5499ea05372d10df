import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.stores.exceptions import LedgerIsAppendOnly


class FixedAssetEntry(Document):
	"""One change of an asset's value: written by `stores.assets` only, never changed (D15)."""

	def validate(self) -> None:
		frappe.throw(
			_("The books of the assets are written by papers only, and are never changed."), LedgerIsAppendOnly
		)

	def on_trash(self) -> None:
		frappe.throw(
			_("The books of the assets are written by papers only, and are never changed."), LedgerIsAppendOnly
		)


def on_doctype_update() -> None:
	frappe.db.add_index("Fixed Asset Entry", ["asset", "posting_date"])
	frappe.db.add_index("Fixed Asset Entry", ["project", "posting_date"])
	frappe.db.add_index("Fixed Asset Entry", ["reference_name"])
