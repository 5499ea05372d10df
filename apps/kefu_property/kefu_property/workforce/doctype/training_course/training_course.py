import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.workforce.exceptions import InvalidQuestion


class TrainingCourse(Document):
	"""Course: hours, validity, rules of its test, posts that need it (D28)."""

	def validate(self) -> None:
		if not 0 < self.pass_mark <= 100:
			frappe.throw(_("The pass mark lies between 1 and 100."), InvalidQuestion)
		if self.test_questions and not (self.attempts and self.attempts > 0 and self.test_minutes > 0):
			frappe.throw(_("A test needs attempts and minutes."), InvalidQuestion)
