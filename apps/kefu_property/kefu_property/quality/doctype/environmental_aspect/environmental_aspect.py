import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, today

from kefu_property.quality import checks, registers
from kefu_property.quality.exceptions import NotTreated, WrongPeriod
from kefu_property.rules import quality_rules as rules


class EnvironmentalAspect(Document):
	"""What an activity does to the environment, how much it matters and how it is controlled (D18)."""

	def validate(self) -> None:
		checks.same_project(self, "area", "document", "objective")
		self.rate()
		self.check_control()
		self.check_review_day()

	def rate(self) -> None:
		self.score, significant = registers.rated(
			self,
			lambda *marks: rules.aspect(*marks, legal=bool(self.legal)),
			"reach",
			"severity",
			"frequency",
		)
		self.significant = int(significant)

	def check_control(self) -> None:
		if self.legal and not (self.legal_basis or "").strip():
			frappe.throw(_("Name the law or the limit."), NotTreated)
		if self.significant and not self.ended and not (self.control or "").strip():
			frappe.throw(_("A significant aspect needs a control: write how it is held down."), NotTreated)

	def check_review_day(self) -> None:
		if self.is_new() and getdate(self.review_on) < getdate(today()):
			frappe.throw(_("The next review is on a day to come."), WrongPeriod)

	@frappe.whitelist(methods=["POST"])
	def review(self, note: str, review_on: str, close: int = 0) -> None:
		"""Note a review; `close` tells that the aspect is no longer present."""
		self.check_permission("write")
		if close:
			self.ended = 1
		registers.review(self, note, review_on, _("Significant") if self.significant else _("Not Significant"))
