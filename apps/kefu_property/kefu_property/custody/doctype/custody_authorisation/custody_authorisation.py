import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, getdate, today

from kefu_property.custody.exceptions import AuthorisationInvalid, WrongProject
from kefu_property.rules.key_rules import normalise_last4

LONGEST_DAYS = 366


class CustodyAuthorisation(Document):
	"""A resident lets another person pick up one item, or all until a date (D20)."""

	def validate(self) -> None:
		self.project = frappe.get_cached_value("Resident", self.resident, "project")
		self.check_item()
		self.id_last4 = normalise_last4(self.id_last4)
		if not self.id_last4:
			frappe.throw(_("Enter just the last four letters or digits of the paper."), AuthorisationInvalid)
		if self.is_new() and not getdate(today()) <= getdate(self.valid_until) <= add_days(
			getdate(today()), LONGEST_DAYS
		):
			frappe.throw(
				_("An authorisation holds from today for at most a year. Choose another date."), AuthorisationInvalid
			)

	def check_item(self) -> None:
		if self.custody_item and frappe.db.get_value("Custody Item", self.custody_item, "resident") != self.resident:
			frappe.throw(_("The item is not for this resident."), WrongProject)
