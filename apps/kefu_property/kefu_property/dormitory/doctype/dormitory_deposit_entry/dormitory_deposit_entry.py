import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.dormitory.exceptions import EntryFixed


class DormitoryDepositEntry(Document):
	"""Money of a deposit that came, was kept or went back; entries only grow (D17)."""

	def validate(self) -> None:
		if not self.is_new():
			frappe.throw(_("An entry of a deposit is not changed."), EntryFixed)

	def on_trash(self) -> None:
		frappe.throw(_("An entry of a deposit is not deleted."), EntryFixed)
