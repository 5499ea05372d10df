import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.quality import checks, objectives
from kefu_property.quality.exceptions import WrongObjective
from kefu_property.rules import quality_rules
from kefu_property.rules.money import D, NotAnAmount


class QualityObjective(Document):
	"""What is to be reached in a year, measured each month by a formula over live figures or by hand (D18)."""

	def validate(self) -> None:
		self.check_year()
		self.check_target()
		self.check_formula()
		self.check_clause()
		checks.same_project(self, "area")

	def check_year(self) -> None:
		if not 2000 <= int(self.year or 0) <= 2100:
			frappe.throw(_("Enter the year with four digits, such as 2026."), WrongObjective)

	def check_target(self) -> None:
		try:
			D(self.target)
		except NotAnAmount:
			frappe.throw(_("The target is not a number."), WrongObjective)

	def check_formula(self) -> None:
		self.formula = (self.formula or "").strip() or None
		if self.formula:
			objectives.parse(self.formula)

	def check_clause(self) -> None:
		if self.clause and frappe.db.get_value("System Clause", self.clause, "standard") != self.standard:
			frappe.throw(_("The clause {0} belongs to another standard.").format(self.clause), WrongObjective)

	def outcomes(self) -> tuple[int, int]:
		"""(months reached, months measured)."""
		return quality_rules.attainment(row.outcome for row in objectives.history(self.name))
