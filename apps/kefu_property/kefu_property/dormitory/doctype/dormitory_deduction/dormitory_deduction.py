import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.dormitory.exceptions import EntryFixed


class DormitoryDeduction(Document):
	"""What somebody owes for bed, water, power or damage; written by approved papers, settled once (D17)."""

	def validate(self) -> None:
		if not self.is_new():
			frappe.throw(_("A deduction is not changed by hand. Settle or waive it."), EntryFixed)

	def on_trash(self) -> None:
		frappe.throw(_("A deduction is not deleted. Waive it."), EntryFixed)


def on_doctype_update() -> None:
	frappe.db.add_index("Dormitory Deduction", ["project", "status", "posting_date"])
