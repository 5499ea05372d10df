import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, today

from kefu_property.quality import checks, registers
from kefu_property.quality.exceptions import NotTreated, WrongMark, WrongPeriod
from kefu_property.rules import quality_rules as rules


class ManagementRisk(Document):
	"""A risk, an opportunity or a hazard: likelihood × severity, treatment, what is left of it, next review (D18)."""

	def validate(self) -> None:
		checks.same_project(self, "area")
		self.rate()
		self.rate_after_treatment()
		self.check_treatment()
		self.check_measures()
		self.check_review_day()
		self.set_status()

	def rate(self) -> None:
		self.score, self.level = registers.rated(self, rules.risk, "likelihood", "severity")

	def rate_after_treatment(self) -> None:
		if not self.residual_likelihood and not self.residual_severity:
			self.residual_score, self.residual_level = 0, None
			return
		self.residual_score, self.residual_level = registers.rated(
			self, rules.risk, "residual_likelihood", "residual_severity"
		)
		if self.kind != "Opportunity" and self.residual_score > self.score:
			frappe.throw(_("After its treatment a risk cannot be greater than before."), WrongMark)

	def check_treatment(self) -> None:
		if self.kind == "Opportunity" or self.level != rules.HIGH:
			return
		if self.treatment == "Accept":
			frappe.throw(_("A high risk is not accepted as it is. Choose another treatment."), NotTreated)
		if not self.treatment or not self.measures:
			frappe.throw(_("A high risk needs a treatment and at least one measure."), NotTreated)

	def check_measures(self) -> None:
		for row in self.measures:
			if row.done_on and getdate(row.done_on) > getdate(today()):
				frappe.throw(_("Row {0}: a measure cannot be done in the future.").format(row.idx), WrongPeriod)

	def check_review_day(self) -> None:
		if self.is_new() and getdate(self.review_on) < getdate(today()):
			frappe.throw(_("The next review is on a day to come."), WrongPeriod)

	def set_status(self) -> None:
		if self.status == "Closed":
			return
		if any(not row.done_on for row in self.measures):
			self.status = "Under Treatment"
		elif self.measures or self.level == rules.LOW or self.treatment == "Accept":
			self.status = "Controlled"
		else:
			self.status = "To Be Treated"

	@frappe.whitelist(methods=["POST"])
	def review(self, note: str, review_on: str, close: int = 0) -> None:
		"""Note a review; `close` ends the risk when nothing of it is left."""
		self.check_permission("write")
		if close and any(not row.done_on for row in self.measures):
			frappe.throw(_("Finish the open measures before you close it."), NotTreated)
		self.status = "Closed" if close else None
		registers.review(self, note, review_on, _(self.residual_level or self.level))
