import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.rules.stock_cost import quantity_of
from kefu_property.stores.exceptions import StockInUse


class StoreStock(Document):
	"""What lies in a store of one item now, its shelf and its minimum; the ledger keeps the numbers (D15)."""

	def validate(self) -> None:
		self.below_minimum = int(quantity_of(self.quantity) < quantity_of(self.min_quantity))

	def on_trash(self) -> None:
		frappe.throw(_("Stock is not deleted: issue it or count it."), StockInUse)


def on_doctype_update() -> None:
	frappe.db.add_unique("Store Stock", ["store", "item"])
