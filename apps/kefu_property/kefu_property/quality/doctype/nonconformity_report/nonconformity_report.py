import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, getdate, now_datetime, today

from kefu_property.quality import checks, corrective
from kefu_property.quality.exceptions import NonconformityLocked, NonconformityStep
from kefu_property.suite import attachments

#: what was found; it stays as it was issued
FOUND = ("source", "severity", "clause", "area", "found_on", "found_by", "description", "evidence")
#: what the approval of the plan fixes of an action
PLANNED = ("action", "responsible", "due_on")


class NonconformityReport(Document):
	"""What did not conform, its cause, the corrective action and whether it helped, seen by somebody else (D18)."""

	def before_insert(self) -> None:
		self.status, self.round = corrective.DRAFT, 1
		self.found_on = self.found_on or today()
		self.found_by = self.found_by or frappe.session.user
		self.plan_due = self.plan_due or add_days(today(), corrective.PLAN_DAYS[self.severity or "Minor"])

	def validate(self) -> None:
		checks.same_project(self, "area", "audit")
		self.check_found()
		self.check_actions()
		self.check_step()
		self.next_due = corrective.next_due(self)
		checks.evidence(self, "evidence")

	def check_found(self) -> None:
		if getdate(self.found_on) > getdate(today()):
			frappe.throw(_("A nonconformity cannot be found in the future. Correct the day."), NonconformityStep)
		before = self.get_doc_before_save()
		if before and before.status != corrective.DRAFT:
			changed = [field for field in FOUND if self.has_value_changed(field)]
			if changed:
				frappe.throw(
					_("{0} does not change after the nonconformity was issued.").format(
						_(self.meta.get_label(changed[0]))
					),
					NonconformityLocked,
				)

	def check_actions(self) -> None:
		"""Actions of earlier rounds and of an approved plan stay; what was done, and its evidence, is entered."""
		before = self.get_doc_before_save()
		fixed = {row.name: row for row in before.actions if self.is_fixed(row, before)} if before else {}
		if fixed.keys() - {row.name for row in self.actions}:
			frappe.throw(_("Actions of the plan stay in the report."), NonconformityLocked)
		planned = before and before.status not in (corrective.DRAFT, corrective.PLAN_DUE)
		for row in self.actions:
			was = fixed.get(row.name)
			if was:
				row.round = was.round
				if any(str(row.get(field)) != str(was.get(field)) for field in PLANNED):
					frappe.throw(
						_("Row {0}: the plan is fixed. Send it back to change an action.").format(row.idx),
						NonconformityLocked,
					)
			elif planned:
				frappe.throw(_("Send the plan back to add an action."), NonconformityLocked)
			else:
				row.round = self.round
			if row.done_on and getdate(row.done_on) > getdate(today()):
				frappe.throw(_("Row {0}: an action cannot be done in the future.").format(row.idx), NonconformityStep)
		attachments.clean_rows(self, "actions", "evidence", pdf=True)

	@staticmethod
	def is_fixed(row, before) -> bool:
		return row.round < before.round or before.status not in (corrective.DRAFT, corrective.PLAN_DUE)

	def present_actions(self) -> list:
		return [row for row in self.actions if row.round == self.round]

	def check_step(self) -> None:
		"""What each step of the workflow needs, and who may not take it."""
		before = self.get_doc_before_save()
		if not before or before.status == self.status:
			return
		steps = {
			(corrective.DRAFT, corrective.PLAN_DUE): self.issue,
			(corrective.PLAN_DUE, corrective.TO_APPROVE): self.submit_plan,
			(corrective.TO_APPROVE, corrective.IN_ACTION): self.approve_plan,
			(corrective.IN_ACTION, corrective.EFFECT): self.report_done,
			(corrective.EFFECT, corrective.CLOSED): self.confirm_effect,
			(corrective.EFFECT, corrective.PLAN_DUE): self.reopen,
		}
		if self.status == corrective.CANCELLED and not (self.cancel_reason or "").strip():
			frappe.throw(_("Write why the nonconformity is cancelled."), NonconformityStep)
		if step := steps.get((before.status, self.status)):
			step()

	def issue(self) -> None:
		if not self.area or not self.responsible:
			frappe.throw(_("Enter the department and the person in charge before you issue it."), NonconformityStep)

	def submit_plan(self) -> None:
		if not (self.cause or "").strip() or not self.cause_kind:
			frappe.throw(_("Write the root cause and its kind before you submit the plan."), NonconformityStep)
		if not self.present_actions():
			frappe.throw(_("Plan at least one action for this round."), NonconformityStep)
		self.plan_by, self.plan_on = frappe.session.user, now_datetime()
		self.plan_approved_by = self.plan_approved_on = None

	def approve_plan(self) -> None:
		if frappe.session.user == self.plan_by:
			frappe.throw(_("You submitted the plan. Somebody else approves it."), NonconformityStep)
		self.plan_approved_by, self.plan_approved_on = frappe.session.user, now_datetime()

	def report_done(self) -> None:
		open_rows = [row for row in self.present_actions() if not row.done_on]
		if open_rows:
			frappe.throw(
				_("Row {0}: enter the day on which the action was done.").format(open_rows[0].idx), NonconformityStep
			)
		self.reported_by, self.reported_on = frappe.session.user, now_datetime()
		self.effect_note = None
		if not self.check_due or getdate(self.check_due) < getdate(today()):
			self.check_due = add_days(today(), corrective.CHECK_DAYS)

	def confirm_effect(self) -> None:
		self.note_check("Effective")
		self.closed_on = today()

	def reopen(self) -> None:
		"""The action did not help: the next round begins with a new plan."""
		self.note_check("Not Effective")
		self.round += 1
		self.reopen_count += 1
		self.plan_due = add_days(today(), corrective.PLAN_DAYS[self.severity])
		self.check_due = self.effect_note = None

	def note_check(self, effect: str) -> None:
		own = {self.reported_by, self.plan_by, *(row.responsible for row in self.present_actions())}
		if frappe.session.user in own:
			frappe.throw(
				_("You planned or carried out the action. Somebody else checks its effect."), NonconformityStep
			)
		if not (self.effect_note or "").strip():
			frappe.throw(_("Write what the check saw."), NonconformityStep)
		self.append(
			"checks",
			{
				"round": self.round,
				"checked_on": today(),
				"checked_by": frappe.session.user,
				"effect": effect,
				"note": self.effect_note,
			},
		)

	def on_update(self) -> None:
		before = self.get_doc_before_save()
		if before and before.status != self.status:
			self.db_set("told_on", None, update_modified=False)
			corrective.tell(self)

	def on_trash(self) -> None:
		if self.status != corrective.DRAFT:
			frappe.throw(_("An issued nonconformity is cancelled with its reason, not deleted."), NonconformityLocked)
