import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.billing.exceptions import ReceiptNeverChanges


class ReceiptSeries(Document):
	"""The gapless numbers of a project's receipts. The number is advanced by `payments.reserve_numbers` only."""

	def validate(self):
		before = self.get_doc_before_save()
		if before and int(before.last_number or 0) != int(self.last_number or 0):
			frappe.throw(_("The last number is counted by the receipts themselves."), ReceiptNeverChanges)
		if before and before.last_number and (before.prefix, before.digits) != (self.prefix, self.digits):
			frappe.throw(_("Prefix and digits stay once a receipt has been numbered."), ReceiptNeverChanges)

	def on_trash(self):
		if self.last_number:
			frappe.throw(_("A series that has been used is not deleted."), ReceiptNeverChanges)
