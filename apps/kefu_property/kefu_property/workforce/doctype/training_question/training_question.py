import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.rules import training_test
from kefu_property.workforce.exceptions import InvalidQuestion


class TrainingQuestion(Document):
	"""Question of a course's bank: text, answers, the right one (D28)."""

	def validate(self) -> None:
		self.answer = training_test.normalise(self.answer)
		options = [self.option_a, self.option_b, self.option_c, self.option_d]
		problem = training_test.check_question(self.question_kind, options, self.answer)
		texts = {
			"options": _("Fill in at least two answers, from A on without a gap."),
			"answer": _("The right answer names letters of the answers given, for true or false A or B."),
			"one": _("A single choice has one right answer."),
			"many": _("A multiple choice has at least two right answers."),
		}
		if problem:
			frappe.throw(texts[problem], InvalidQuestion)
