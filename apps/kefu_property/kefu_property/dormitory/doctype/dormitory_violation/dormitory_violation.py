import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_years, getdate

from kefu_property.dormitory import deductions
from kefu_property.dormitory.exceptions import DormitoryDates, EvidenceMissing, WrongProject
from kefu_property.rules.money import D
from kefu_property.suite import attachments
from kefu_property.suite.notify import alert, staff_with_role

#: from this many within a year on, HR is told
MANY = 3


class DormitoryViolation(Document):
	"""Violation of the dormitory's rules, or damage; HR decides on the deduction (D17)."""

	def validate(self) -> None:
		self.take_from_stay()
		self.check_evidence()
		self.count()

	def take_from_stay(self) -> None:
		stay = frappe.get_doc("Dormitory Stay", self.stay)
		if stay.project != self.project:
			frappe.throw(_("The stay {0} belongs to another project.").format(self.stay), WrongProject)
		self.staff, self.staff_name, self.room = stay.staff, stay.staff_name, stay.room
		day = getdate(self.occurred_on)
		if day > getdate() or day < getdate(stay.from_date) or (stay.to_date and day > getdate(stay.to_date)):
			frappe.throw(_("The date lies outside the stay, or in the future. Correct it."), DormitoryDates)

	def check_evidence(self) -> None:
		if self.evidence and self.has_value_changed("evidence"):
			self.evidence = attachments.keep(self.evidence, self.doctype, self.name)
		if D(str(self.amount or 0)) and not (self.evidence and self.clause):
			frappe.throw(
				_("A deduction needs a photo and the clause of the dormitory agreement that names it."), EvidenceMissing
			)

	def count(self) -> None:
		others = frappe.db.count(
			"Dormitory Violation",
			{
				"staff": self.staff,
				"docstatus": 1,
				"name": ["!=", self.name or ""],
				"occurred_on": ["between", [add_years(self.occurred_on, -1), self.occurred_on]],
			},
		)
		self.within_year = others + 1

	def on_submit(self) -> None:
		kind = "Damage" if self.kind == "Damage" else "Violation"
		deductions.add(self, self.staff, kind, self.amount or 0, self.occurred_on, self.stay, self.room)
		if self.within_year >= MANY:
			alert(
				staff_with_role("HR Clerk", self.project),
				lambda: _("{0} has {1} violations of the dormitory's rules within a year.").format(
					self.staff_name, self.within_year
				),
				self.doctype,
				self.name,
			)

	def before_cancel(self) -> None:
		deductions.cancel_of(self)
