from frappe import _, throw
from frappe.model.document import Document
from frappe.utils import getdate

from kefu_property.billing.exceptions import WrongSchedule


class BillingSchedule(Document):
	"""Makes drafts of billing runs ahead of the due day; see `billing/schedules.py` (D2)."""

	def validate(self):
		if getdate(self.next_start).day != 1:
			throw(_("A period begins on the first day of a month."), WrongSchedule)
