"""A resident asks to correct, copy or delete their personal data (L22, PIPL articles 44 to 47)."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime


class AnswerMissing(frappe.ValidationError):
	"""A refused request needs its reason."""


class PersonalDataRequest(Document):
	def validate(self):
		self.check_answer()
		self.note_who_answered()

	def check_answer(self):
		if self.status == "Refused" and not (self.answer or "").strip():
			frappe.throw(_("Please give the reason of the refusal under Answer to the Resident."), AnswerMissing)

	def note_who_answered(self):
		if self.status == "Received":
			self.answered_by = self.answered_on = None
		elif not self.answered_on:
			self.answered_by, self.answered_on = frappe.session.user, now_datetime()
