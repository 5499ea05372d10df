import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime, today

from kefu_property.office.exceptions_desk import AnswerMissing, DueDate, NotYourGoal
from kefu_property.suite.notify import alert

DRAFT, SENT, PROMISED, DECLINED, CLOSED = "Draft", "Sent", "Promised", "Declined", "Closed"


class CooperationRequest(Document):
	"""Asks another department for cooperation, with a due date and its answer (R3)."""

	def before_insert(self) -> None:
		self.requester = frappe.session.user

	def validate(self) -> None:
		before = self.get_doc_before_save()
		self.step = (before.workflow_state if before else None, self.workflow_state)
		if self.step == (DRAFT, SENT):
			self.check_due()
		if self.step[0] == SENT and self.workflow_state in (PROMISED, DECLINED):
			self.check_answer()
		if self.workflow_state == CLOSED and self.step[0] != CLOSED:
			self.check_closing()

	def check_due(self) -> None:
		if getdate(self.due_on) < getdate(today()):
			frappe.throw(_("The answer is due on a day to come."), DueDate)
		self.escalation = 0

	def check_answer(self) -> None:
		"""The one addressed answers, or the director for the department."""
		if frappe.session.user != self.to_staff and "Office Director" not in frappe.get_roles():
			frappe.throw(_("{0} answers this request.").format(frappe.utils.get_fullname(self.to_staff)), NotYourGoal)
		if not (self.answer or "").strip():
			frappe.throw(_("Write the answer first."), AnswerMissing)
		if self.workflow_state == PROMISED and not self.promised_on:
			frappe.throw(_("Name the day until which it is done."), AnswerMissing)
		self.answered_on = now_datetime()

	def check_closing(self) -> None:
		if frappe.session.user not in (self.requester, self.owner) and "Office Director" not in frappe.get_roles():
			frappe.throw(
				_("{0} asked for this and closes it.").format(frappe.utils.get_fullname(self.requester)), NotYourGoal
			)
		self.closed_on = now_datetime()

	def on_update(self) -> None:
		old, new = self.step
		if old == new:
			return
		if new == SENT:
			self.tell([self.to_staff], lambda: _("You are asked for cooperation: {0}").format(self.subject))
		elif new in (PROMISED, DECLINED):
			self.tell([self.requester], lambda: _("Your request was answered: {0}").format(self.subject))

	def tell(self, users: list[str], text) -> None:
		alert(users, text, "Cooperation Request", self.name)
