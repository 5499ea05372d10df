import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, getdate, today

from kefu_property.quality import checks, objectives
from kefu_property.quality.exceptions import WrongObjective
from kefu_property.rules import quality_rules as rules
from kefu_property.rules.money import D, NotAnAmount


class QualityObjectiveResult(Document):
	"""The figure of an objective for one month, and what is done when it was missed (D18)."""

	def validate(self) -> None:
		objective = frappe.get_doc("Quality Objective", self.objective)
		self.fill_from_objective(objective)
		self.check_month(objective)
		self.check_source(objective)
		self.judge(objective)
		checks.evidence(self, "evidence")

	def fill_from_objective(self, objective) -> None:
		if objective.docstatus != 1:
			frappe.throw(_("The objective {0} is not approved.").format(objective.name), WrongObjective)
		self.project, self.target, self.unit = objective.project, objective.target, objective.unit

	def check_month(self, objective) -> None:
		self.month = rules.month_of(getdate(self.month))
		if self.month not in rules.months_to_measure(objective.year, getdate(today())):
			frappe.throw(_("Results are for months of {0} that are over.").format(objective.year), WrongObjective)
		other = frappe.db.exists(
			self.doctype, {"objective": self.objective, "month": self.month, "name": ["!=", self.name or ""]}
		)
		if other:
			frappe.throw(
				_("There is a result for {0} already.").format(format_date(self.month, "yyyy-MM")), WrongObjective
			)

	def check_source(self, objective) -> None:
		self.by_hand = int(not objective.formula)
		before = self.get_doc_before_save()
		changed = not before or D(before.value) != self.number()
		if objective.formula and not self.flags.from_formula and changed:
			frappe.throw(_("This objective is measured by its formula; its figure is not entered."), WrongObjective)
		if self.by_hand and changed and self.nonconformity:
			frappe.throw(
				_("The nonconformity {0} was raised for this figure; it stays.").format(self.nonconformity),
				WrongObjective,
			)

	def number(self):
		try:
			return D(self.value)
		except NotAnAmount:
			frappe.throw(_("The figure is not a number."), WrongObjective)

	def judge(self, objective) -> None:
		if self.flags.from_formula:
			self.value = self.flags.measured or 0
			value = self.flags.measured
		elif self.by_hand:
			value = self.number()
		else:
			return
		self.outcome = rules.outcome(value, D(objective.target), objective.direction == "At Least")

	def on_update(self) -> None:
		objectives.follow(self.objective)
		before = self.get_doc_before_save()
		if self.outcome == rules.MISSED and not (before and before.outcome == rules.MISSED):
			objectives.tell_of_missed(self)

	def after_delete(self) -> None:
		objectives.follow(self.objective)

	@frappe.whitelist(methods=["POST"])
	def raise_nonconformity(self) -> str:
		"""Open a nonconformity for the missed objective; returns its name."""
		self.check_permission("write")
		if self.outcome != rules.MISSED:
			frappe.throw(_("Only a missed objective needs a nonconformity."), WrongObjective)
		if self.nonconformity:
			return self.nonconformity
		from kefu_property.quality import corrective

		objective = frappe.get_doc("Quality Objective", self.objective)
		name = corrective.open_report(
			project=self.project,
			source="Objective Missed",
			summary=_("{0} missed in {1}").format(objective.objective_title, format_date(self.month, "yyyy-MM")),
			description=_("Measured {0}, wanted {1}.").format(D(self.value), D(self.target))
			+ (f"\n{self.explanation}" if self.explanation else ""),
			area=objective.area,
			clause=objective.clause,
			responsible=objective.responsible,
			objective_result=self.name,
		)
		self.db_set("nonconformity", name)
		return name


def on_doctype_update() -> None:
	frappe.db.add_unique("Quality Objective Result", ["objective", "month"], "unique_month")
