import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, getdate, today

from kefu_property.workforce import papers, people, settings
from kefu_property.workforce.exceptions import PeriodReversed


class StaffCertificate(Document):
	"""Certificate of a member of staff: paper, expiry, alert ahead (D29)."""

	def validate(self) -> None:
		people.take_project(self)
		if self.expires_on and getdate(self.expires_on) < getdate(self.issued_on):
			frappe.throw(_("The certificate expires before it was issued. Correct the dates."), PeriodReversed)
		if self.has_value_changed("expires_on"):
			self.alert_level = 0
		papers.check_file(self, "file")
		self.status = status_of(self.expires_on, getdate(today()))


def status_of(expires_on, day) -> str:
	if not expires_on:
		return "Valid"
	if getdate(expires_on) < day:
		return "Expired"
	return "Expiring" if getdate(expires_on) <= getdate(add_days(day, settings.get("alert_days"))) else "Valid"
