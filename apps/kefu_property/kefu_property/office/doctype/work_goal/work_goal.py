import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt, getdate, now_datetime, today

from kefu_property.office import duty, frozen, goals
from kefu_property.office.exceptions_desk import CircularGoal, GoalFrozen, NotYourGoal, TargetMissing, WrongPeriod
from kefu_property.rules import plan_rules
from kefu_property.rules.money import D
from kefu_property.suite import measures

#: what was approved and does not change while the goal is in force
FROZEN = ("period_kind", "starts_on", "source", "measure", "better", "target", "responsible")
SUPERIORS = {"Office Director", "CS Supervisor"}


class WorkGoal(Document):
	"""A goal of a year, quarter, month, week or day; its parts roll up into it (S1)."""

	def validate(self) -> None:
		duty.check_same_project(self, ("parent_goal", "Work Goal"))
		self.starts_on, self.ends_on = plan_rules.period_of(self.period_kind, getdate(self.starts_on))
		self.check_parent()
		self.check_measure()
		self.check_target()
		self.check_frozen()
		self.progress = self.own_progress()
		self.tone = plan_rules.course(D(self.progress), self.starts_on, self.ends_on, getdate(today()))

	def check_parent(self) -> None:
		if not self.parent_goal:
			return
		parents = dict(
			frappe.get_all(
				"Work Goal", filters={"project": self.project}, fields=["name", "parent_goal"], as_list=True, limit=0
			)
		)
		if plan_rules.makes_circle(parents, self.name, self.parent_goal):
			frappe.throw(
				_("The goal would be part of itself. Choose a goal above it that is none of its parts."), CircularGoal
			)
		above = frappe.db.get_value(
			"Work Goal", self.parent_goal, ["period_kind", "starts_on", "ends_on", "title"], as_dict=True
		)
		if not plan_rules.may_be_part(
			self.period_kind, self.starts_on, self.ends_on, above.period_kind, above.starts_on, above.ends_on
		):
			frappe.throw(
				_("{0} is a goal from {1} to {2}. Its parts lie in this period and are not longer.").format(
					above.title, frappe.format(above.starts_on, "Date"), frappe.format(above.ends_on, "Date")
				),
				WrongPeriod,
			)

	def check_measure(self) -> None:
		if self.source != "Measured":
			self.measure = self.measure_title = None
			return
		if self.measure and self.has_value_changed("measure"):
			measure = measures.available().get(self.measure)
			if not measure:
				frappe.throw(
					_("No module measures {0}. Choose a measure of the list.").format(self.measure), TargetMissing
				)
			self.measure_title = measure.title
			self.unit = self.unit or measure.unit

	def check_target(self) -> None:
		if self.source == "Measured" and not self.measure:
			frappe.throw(_("Choose the figure that measures this goal."), TargetMissing)
		if self.source != "From Parts" and not flt(self.target) and self.better != "Lower":
			frappe.throw(_("Enter the target of the goal."), TargetMissing)

	def check_frozen(self) -> None:
		before = self.get_doc_before_save()
		if not before or before.workflow_state not in (goals.IN_FORCE, goals.CLOSED):
			return
		field = frozen.changed(self, FROZEN)
		if field:
			frappe.throw(
				_("{0} was approved and does not change. Close the goal and make a new one.").format(
					_(self.meta.get_label(field))
				),
				GoalFrozen,
			)

	def own_progress(self) -> float:
		if self.source == "From Parts":
			return flt(self.progress)
		reached = D(self.actual or 0) if self.measured_on else None
		return float(plan_rules.progress(reached, D(self.target or 0), self.better))

	def on_update(self) -> None:
		if self.workflow_state in (goals.IN_FORCE, goals.CLOSED) and not self.flags.rolling_up:
			goals.refresh(self.project, measure=self.has_value_changed("workflow_state"))

	def on_trash(self) -> None:
		if frappe.db.exists("Work Goal", {"parent_goal": self.name}):
			frappe.throw(_("{0} has parts. Delete or move them first.").format(self.title), CircularGoal)

	@frappe.whitelist(methods=["POST"])
	def report_progress(self, actual: float, note: str | None = None) -> float:
		"""Report what is reached, in the goal's unit. Returns the progress in percent.

		Raises NotYourGoal for others than the one responsible and the superiors, GoalFrozen when not in force or measured.
		"""
		self.check_permission("read")
		if frappe.session.user != self.responsible and not SUPERIORS & set(frappe.get_roles()):
			frappe.throw(
				_("{0} reports on this goal.").format(frappe.utils.get_fullname(self.responsible)), NotYourGoal
			)
		if self.workflow_state != goals.IN_FORCE or self.source != "By Hand":
			frappe.throw(_("Only goals in force whose progress is entered by hand are reported on."), GoalFrozen)
		self.actual, self.progress_note, self.measured_on = actual, note, now_datetime()
		self.flags.ignore_permissions = True  # whoever is responsible reports, also where they may not edit the goal
		self.save()
		if note:
			self.add_comment("Comment", frappe.utils.escape_html(note))
		return frappe.db.get_value("Work Goal", self.name, "progress")
