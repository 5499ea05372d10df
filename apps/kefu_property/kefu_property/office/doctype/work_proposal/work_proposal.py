import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, getdate, now_datetime, today

from kefu_property.office import frozen
from kefu_property.office.exceptions_desk import AnswerMissing, DueDate, ResultMissing, VotingClosed
from kefu_property.suite.notify import alert, staff_with_role

DRAFT, REVIEW, DECISION = "Draft", "Pending Review", "Pending Decision"
ADOPTED, REFUSED, DONE = "Adopted", "Not Adopted", "Carried Out"
#: days in which the office owes an answer
ANSWER_DAYS = 15
DECIDED_FIELDS = ("subject", "kind", "reason", "content", "answer", "responsible", "due_on", "reward")


class WorkProposal(Document):
	"""What staff propose: quality goals, operating plan, staffing, structure, ideas (R1, R2, R4, R5)."""

	def before_insert(self) -> None:
		self.proposer = frappe.session.user
		self.votes_for = self.votes_against = 0

	def validate(self) -> None:
		before = self.get_doc_before_save()
		self.step = (before.workflow_state if before else None, self.workflow_state)
		if self.step == (DRAFT, REVIEW):
			self.answer_due = add_days(today(), ANSWER_DAYS)
		self.check_decided(before)
		self.check_answer()
		self.check_result()

	def check_decided(self, before) -> None:
		"""What was decided stays; only the result is written after the decision."""
		if before and before.workflow_state in (ADOPTED, REFUSED, DONE):
			field = frozen.changed(self, DECIDED_FIELDS)
			if field:
				frappe.throw(
					_("{0} was decided and does not change any more.").format(_(self.meta.get_label(field))),
					VotingClosed,
				)

	def check_answer(self) -> None:
		if self.step[0] == DECISION and self.workflow_state in (ADOPTED, REFUSED):
			if not (self.answer or "").strip():
				frappe.throw(_("Write the answer to the proposer before you decide."), AnswerMissing)
			if self.workflow_state == ADOPTED:
				if not self.responsible or not self.due_on:
					frappe.throw(_("Name who carries it out, and until when."), AnswerMissing)
				if getdate(self.due_on) < getdate(today()):
					frappe.throw(_("The day until which it is done lies in the past."), DueDate)

	def check_result(self) -> None:
		if self.step == (ADOPTED, DONE):
			if not (self.result or "").strip():
				frappe.throw(_("Describe the result before you close the proposal."), ResultMissing)
			self.done_on = today()

	def on_update(self) -> None:
		old, new = self.step
		if old == new:
			return
		if new == DECISION:
			self.tell(staff_with_role("Office Director", self.project), _("A proposal waits for your decision: {0}"))
		elif new in (ADOPTED, REFUSED) and old == DECISION:
			self.tell([self.proposer], _("Your proposal was answered: {0}"))
			if new == ADOPTED:
				self.make_task()

	def tell(self, users: list[str], text: str) -> None:
		alert(users, lambda: text.format(self.subject), "Work Proposal", self.name)

	def make_task(self) -> None:
		frappe.get_doc(
			{
				"doctype": "ToDo",
				"allocated_to": self.responsible,
				"reference_type": "Work Proposal",
				"reference_name": self.name,
				"description": frappe.utils.escape_html(self.subject),
				"date": self.due_on,
			}
		).insert(ignore_permissions=True)  # the decision gives the task

	@frappe.whitelist(methods=["POST"])
	def vote(self, choice: str, comment: str | None = None) -> dict:
		"""Vote `For` or `Against`; a second vote replaces the first. Returns the counts.

		Raises VotingClosed for the proposer and for proposals that do not wait for their decision.
		"""
		self.check_permission("read")
		if self.workflow_state not in (REVIEW, DECISION) or choice not in ("For", "Against"):
			frappe.throw(_("Votes are given while a proposal waits for its decision."), VotingClosed)
		if frappe.session.user == self.proposer:
			frappe.throw(_("You proposed this. Others vote on it."), VotingClosed)
		# one statement: of two clicks at the same moment neither fails, and the last one counts
		frappe.db.sql(
			"""insert into `tabProposal Vote` (name, creation, modified, owner, modified_by, proposal, project, voter, choice, comment)
			values (%(name)s, %(now)s, %(now)s, %(user)s, %(user)s, %(proposal)s, %(project)s, %(user)s, %(choice)s, %(comment)s)
			on duplicate key update choice = values(choice), comment = values(comment), modified = values(modified)""",
			{
				"name": frappe.generate_hash(length=10),
				"now": now_datetime(),
				"user": frappe.session.user,
				"proposal": self.name,
				"project": self.project,
				"choice": choice,
				"comment": (comment or "")[:1000],
			},
		)
		counts = dict(
			frappe.db.sql(
				"select choice, count(*) from `tabProposal Vote` where proposal = %s group by choice", self.name
			)
		)
		self.db_set(
			{"votes_for": counts.get("For", 0), "votes_against": counts.get("Against", 0)}, update_modified=False
		)
		return {"for": self.votes_for, "against": self.votes_against}
