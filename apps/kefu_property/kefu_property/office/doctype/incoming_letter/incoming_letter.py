import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime

from kefu_property.office.paper_exceptions import (
	HandlersMissing,
	LetterOpen,
	NotAHandler,
	WrongDates,
	WrongProject,
)
from kefu_property.suite import notify

REGISTERED, IN_HANDLING, CLOSED = "Registered", "In Handling", "Closed"


class IncomingLetter(Document):
	"""Letter received, with its handling sheet: instruction, handlers, opinions, answer (D9)."""

	def validate(self) -> None:
		self.check_dates()
		self.check_organisation()
		self.check_handlers()
		self.check_close()

	def check_dates(self) -> None:
		if self.letter_date and getdate(self.letter_date) > getdate(self.received_on):
			frappe.throw(_("The letter was received before its date. Correct one of the dates."), WrongDates)
		if self.due_on and getdate(self.due_on) < getdate(self.received_on):
			frappe.throw(_("The answer is due before the letter came. Correct one of the dates."), WrongDates)
		if self.needs_answer and not self.due_on:
			frappe.throw(_("Enter when the answer is due."), WrongDates)

	def check_organisation(self) -> None:
		if not self.organisation:
			return
		organisation = frappe.get_cached_doc("External Organisation", self.organisation)
		if organisation.project != self.project:
			frappe.throw(_("The organisation is of another project. Choose one of this project."), WrongProject)
		self.sender = self.sender or organisation.organisation_name

	def check_handlers(self) -> None:
		users = [row.user for row in self.handlers]
		if len(users) != len(set(users)):
			frappe.throw(_("A handler stands twice on the sheet. Remove one line."), HandlersMissing)
		if self.workflow_state == IN_HANDLING and not users:
			frappe.throw(_("Name at least one handler, then assign the letter."), HandlersMissing)
		self.open_handlers = sum(1 for row in self.handlers if not row.done_on)

	def check_close(self) -> None:
		if self.workflow_state != CLOSED:
			self.closed_on = None
			return
		if self.open_handlers:
			frappe.throw(
				_("{0} handlers have not given their opinion. Wait for them or remove them.").format(
					self.open_handlers
				),
				LetterOpen,
			)
		if self.needs_answer and not (self.answered_by or self.answer_note):
			frappe.throw(_("Answer the letter, or note how it was answered, then close it."), LetterOpen)
		self.closed_on = self.closed_on or now_datetime()

	def on_update(self) -> None:
		if self.has_value_changed("workflow_state") and self.workflow_state == IN_HANDLING:
			self.tell_handlers()

	def tell_handlers(self) -> None:
		notify.alert(
			[row.user for row in self.handlers if not row.done_on],
			lambda: _("Letter of {0} to handle: {1}").format(self.sender, self.subject),
			self.doctype,
			self.name,
		)

	@frappe.whitelist(methods=["POST"])
	def give_opinion(self, opinion: str) -> int:
		"""The present user, a handler, gives the opinion and is done. Returns how many handlers are open still.

		Raises NotAHandler for anybody else, HandlersMissing without an opinion, LetterOpen when the letter is not in handling.
		"""
		self.check_permission("read")
		if self.workflow_state != IN_HANDLING:
			frappe.throw(_("The letter is not in handling."), LetterOpen)
		row = next((row for row in self.handlers if row.user == frappe.session.user), None)
		if not row:
			frappe.throw(_("You are not a handler of this letter."), NotAHandler)
		if not opinion.strip():
			frappe.throw(_("Write your opinion."), HandlersMissing)
		row.opinion, row.done_on = opinion.strip(), now_datetime()
		self.flags.ignore_permissions = True  # a handler of any role may do just this
		self.save()
		return self.open_handlers
