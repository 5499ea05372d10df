import frappe
from frappe.model.document import Document

from kefu_property.keys.doctype.property_key.property_key import check_place, check_same_project


class KeySet(Document):
	"""Keys on one ring: they hang on one hook and usually go out together (D14)."""

	def validate(self) -> None:
		check_same_project(self, ("cabinet", "Key Cabinet"), ("unit", "Property Unit"))
		check_place(self)

	def on_update(self) -> None:
		"""The keys of the set hang where the set hangs."""
		if self.has_value_changed("cabinet") or self.has_value_changed("hook"):
			table = frappe.qb.DocType("Property Key")
			(
				frappe.qb.update(table)
				.set(table.cabinet, self.cabinet)
				.set(table.hook, self.hook)
				.where(table.key_set == self.name)
				.run()
			)
