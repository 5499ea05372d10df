import frappe
from frappe import _
from frappe.model.document import Document


class CustodyShelf(Document):
	"""A place where items wait."""

	def validate(self) -> None:
		if (self.capacity or 0) < 1:
			frappe.throw(_("A shelf holds at least one item. Enter its capacity."))
