import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.stores.exceptions import StockInUse


class StoreItem(Document):
	"""Catalogue of what the stores keep; one for all projects (D15)."""

	def validate(self) -> None:
		self.item_code = (self.item_code or "").strip()
		self.barcode = (self.barcode or "").strip() or None
		self.check_unit()

	def check_unit(self) -> None:
		"""The unit of goods that were posted stays: the ledger counts in it."""
		before = self.get_doc_before_save()
		if before and before.unit != self.unit and frappe.db.exists("Store Ledger Row", {"item": self.name}):
			frappe.throw(
				_("{0} was posted in {1} already. Create a new item for another unit.").format(
					self.item_name, before.unit
				),
				StockInUse,
			)

	def on_update(self) -> None:
		"""The stock rows show name and unit without another query."""
		if self.has_value_changed("item_name") or self.has_value_changed("unit"):
			frappe.db.set_value(
				"Store Stock",
				{"item": self.name},
				{"item_name": self.item_name, "unit": self.unit},
				update_modified=False,
			)
