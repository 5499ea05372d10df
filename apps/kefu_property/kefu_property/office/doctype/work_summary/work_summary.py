import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from kefu_property.office import goals
from kefu_property.office.exceptions_desk import SummaryExists
from kefu_property.rules import plan_rules
from kefu_property.suite import measures


class WorkSummary(Document):
	"""Summary of a period: prepared from data, edited by people, read by the superior (S1)."""

	def before_validate(self) -> None:
		self.set_period()

	def set_period(self) -> None:
		self.staff = self.staff or frappe.session.user
		self.starts_on, self.ends_on = plan_rules.period_of(self.period_kind, getdate(self.starts_on))

	def before_insert(self) -> None:
		self.set_period()
		self.fill()

	def validate(self) -> None:
		self.check_only_one()

	def check_only_one(self) -> None:
		other = frappe.db.exists(
			"Work Summary",
			{
				"project": self.project,
				"staff": self.staff,
				"period_kind": self.period_kind,
				"starts_on": self.starts_on,
				"name": ["!=", self.name or ""],
			},
		)
		if other:
			frappe.throw(_("There is the summary {0} for this period. Open that one.").format(other), SummaryExists)

	def fill(self) -> None:
		"""Write goals and figures of the period; comments that people wrote stay with their rows."""
		comments = {row.goal: row.comment for row in self.goals}
		self.set("goals", [])
		for row in goals.of_person(self.project, self.staff, self.starts_on, self.ends_on):
			parts = row.source == "From Parts"
			self.append(
				"goals",
				{
					"goal": row.name,
					"title": row.title,
					"target_text": _("all parts") if parts else goals.with_unit(row.target, row.unit),
					"actual_text": "" if parts else goals.with_unit(row.actual if row.measured_on else None, row.unit),
					"progress": row.progress,
					"comment": comments.get(row.name),
				},
			)
		comments = {row.label: row.comment for row in self.figures}
		before = plan_rules.period_before(self.period_kind, self.starts_on)
		self.set("figures", [])
		for measure in measures.available().values():
			now = measure.value(self.project, self.starts_on, self.ends_on)
			self.append(
				"figures",
				{
					"label": measure.title,
					"now_text": goals.with_unit(now, measure.unit),
					"before_text": goals.with_unit(measure.value(self.project, *before), measure.unit),
					"comment": comments.get(measure.title),
				},
			)

	@frappe.whitelist(methods=["POST"])
	def fill_again(self) -> None:
		"""Take goals and figures from the data as they stand now."""
		self.check_permission("write")
		self.fill()
		self.save()


def on_doctype_update() -> None:
	frappe.db.add_unique("Work Summary", ["project", "staff", "period_kind", "starts_on"], "one_summary_each")
