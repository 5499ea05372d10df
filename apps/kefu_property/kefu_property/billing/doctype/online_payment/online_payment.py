import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.billing.exceptions import ReceiptNeverChanges


class OnlinePayment(Document):
	"""What a resident began to pay through a payment channel; the channel's notice turns it into a receipt (`billing.online`)."""

	def on_trash(self):
		frappe.throw(_("An online payment is never deleted: the carrier's statement names it."), ReceiptNeverChanges)
