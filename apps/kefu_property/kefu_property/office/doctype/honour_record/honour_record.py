import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from kefu_property.office.exceptions_desk import DueDate


class HonourRecord(Document):
	"""Register of honours and certificates with their validity (D22)."""

	def validate(self) -> None:
		self.check_validity()
		if self.has_value_changed("valid_until"):
			self.reminded_on = None

	def check_validity(self) -> None:
		if self.valid_until and getdate(self.valid_until) < getdate(self.awarded_on):
			frappe.throw(_("The validity ends before the honour was awarded."), DueDate)
