import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.renovation import permits
from kefu_property.renovation.exceptions import DeductionRefused, WrongHome
from kefu_property.rules.money import D


class RenovationDeduction(Document):
	"""What is kept of a deposit: with evidence, by a clause of the agreement, approved by the director (L11)."""

	def validate(self) -> None:
		self.check_permit()
		self.check_evidence()

	def check_permit(self) -> None:
		permit = permits.lock(self.permit)
		if permit.project != self.project:
			frappe.throw(_("The permit {0} belongs to another project.").format(self.permit), WrongHome)
		if self.violation and frappe.db.get_value("Renovation Violation", self.violation, "permit") != self.permit:
			frappe.throw(_("The violation {0} belongs to another permit.").format(self.violation), WrongHome)
		self.unit = permit.unit
		if permit.status not in permits.OPEN:
			frappe.throw(
				_("The permit {0} is closed; its deposit is no longer held.").format(self.permit), DeductionRefused
			)
		if D(self.amount) <= 0:
			frappe.throw(_("Enter an amount above zero."), DeductionRefused)
		if D(self.amount) > D(permit.refund):
			frappe.throw(
				_("Of the deposit {0} yuan are left. More cannot be taken from it; bill the rest.").format(
					permit.refund
				),
				DeductionRefused,
			)

	def check_evidence(self) -> None:
		"""Evidence is a file of this site; a web address or an empty field is none."""
		if not self.evidence or not frappe.db.exists("File", {"file_url": self.evidence}):
			frappe.throw(_("Attach the evidence: a photo, a report or an invoice."), DeductionRefused)

	def on_submit(self) -> None:
		permits.follow_deductions(self.permit)

	def before_cancel(self) -> None:
		if frappe.db.get_value("Renovation Permit", self.permit, "status") not in permits.OPEN:
			frappe.throw(_("The deposit was settled already."), DeductionRefused)

	def on_cancel(self) -> None:
		permits.follow_deductions(self.permit)
