import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from kefu_property.billing.exceptions import BadPeriod, BillNotPayable


class ArrearsHold(Document):
	"""Days on which late fee or dunning of a payer rests: a dispute, a lawsuit, hardship."""

	def validate(self):
		self.check_dates()
		self.check_bill()

	def check_dates(self):
		if self.to_date and getdate(self.to_date) < getdate(self.from_date):
			frappe.throw(_("The hold ends before it begins. Correct the dates."), BadPeriod)

	def check_bill(self):
		if self.invoice and frappe.db.get_value("Fee Invoice", self.invoice, "resident") != self.resident:
			frappe.throw(_("Bill {0} is not a bill of this payer.").format(self.invoice), BillNotPayable)
