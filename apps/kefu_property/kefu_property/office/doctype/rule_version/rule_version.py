import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, today

from kefu_property.office import paper_rules
from kefu_property.office.paper_exceptions import QuizInvalid, RuleChanged, WrongDates


class RuleVersion(Document):
	"""A version of a company rule: approved, in force from its day, acknowledged by the staff (D13)."""

	def before_naming(self) -> None:
		"""The next version of the rule; its row is locked, so that two drafts do not get the same number."""
		frappe.db.get_value("Company Rule", self.rule, "name", for_update=True)
		table = frappe.qb.DocType("Rule Version")
		last = (
			frappe.qb.from_(table)
			.select(table.version)
			.where(table.rule == self.rule)
			.orderby(table.version, order=frappe.qb.desc)
			.limit(1)
			.for_update()
			.run(pluck=True)
		)
		self.version = (last[0] if last else 0) + 1

	def validate(self) -> None:
		self.check_quiz()
		self.check_days()

	def check_quiz(self) -> None:
		for row in self.quiz:
			row.answers = "\n".join(row.lines())
			if len(row.lines()) < 2 or not 1 <= (row.right_answer or 0) <= len(row.lines()):
				frappe.throw(
					_("Question {0} needs at least two answers, one per line, and the number of the right one.").format(
						row.idx
					),
					QuizInvalid,
				)

	def check_days(self) -> None:
		if self.acknowledge_by and getdate(self.acknowledge_by) < getdate(self.effective_from):
			frappe.throw(_("The rule is acknowledged after it takes effect. Correct the day."), WrongDates)

	def on_submit(self) -> None:
		if getdate(self.effective_from) <= getdate(today()):
			paper_rules.start(self)

	def before_cancel(self) -> None:
		if self.force != paper_rules.NOT_YET:
			frappe.throw(_("A rule that took effect is replaced by a new version, not cancelled."), RuleChanged)

	@frappe.whitelist()
	def my_acknowledgement(self) -> str | None:
		"""`To Be Acknowledged`, `Acknowledged` or `No Longer Needed` for the present user; None when the rule does not ask them."""
		self.check_permission("read")
		return frappe.db.get_value(
			paper_rules.DOCTYPE, {"rule_version": self.name, "user": frappe.session.user}, "status"
		)

	@frappe.whitelist()
	def questions(self) -> list[dict]:
		"""The quiz without its solutions: `question` and `answers`."""
		self.check_permission("read")
		return [{"question": row.question, "answers": row.lines()} for row in self.quiz]

	@frappe.whitelist(methods=["POST"])
	def acknowledge(self, answers: list | str | None = None) -> list[int]:
		"""The present user acknowledges the rule with the answers to its quiz. Returns the questions answered wrongly; raises NotAReader."""
		self.check_permission("read")
		chosen = [int(answer or 0) for answer in frappe.parse_json(answers or "[]")]
		return paper_rules.acknowledge(frappe.get_doc("Rule Version", self.name), chosen)

	def before_print(self, settings=None) -> None:
		"""The paper for the staff does not tell the solutions."""
		for row in self.quiz:
			row.right_answer = None
