import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, getdate, now_datetime, today

from kefu_property.office import paper_readers, paper_series
from kefu_property.office.paper_exceptions import (
	AlreadyReplaced,
	DocumentFrozen,
	SealMissing,
	WithdrawalReason,
	WrongDates,
	WrongProject,
)
from kefu_property.rules import paper_rules
from kefu_property.suite import approval, notify

ISSUED, WITHDRAWN = "Formally Issued", "Withdrawn"


class IssuedDocument(Document):
	"""Issued document (行政发文): drafted, reviewed, approved, and only then numbered and issued (D9)."""

	def validate(self) -> None:
		self.check_projects()
		self.check_read_by()

	def check_projects(self) -> None:
		"""Groups, the letter answered and the document replaced belong to the same project."""
		named = [("Reader Group", row.reader_group) for row in self.recipients if row.reader_group]
		named += [("Incoming Letter", self.incoming_letter), ("Issued Document", self.replaces)]
		for doctype, name in named:
			if name and frappe.get_cached_value(doctype, name, "project") != self.project:
				frappe.throw(
					_("{0} {1} is of another project. Choose one of this project.").format(_(doctype), name),
					WrongProject,
				)

	def check_read_by(self) -> None:
		if self.read_by and self.has_value_changed("read_by") and getdate(self.read_by) < getdate(today()):
			frappe.throw(_("The day to read by lies in the past. Correct the date."), WrongDates)

	def before_submit(self) -> None:
		"""Issue: the seal is there, what is replaced is free, then the number is taken, last of all."""
		self.check_seal()
		self.lock_replaced()
		kind = frappe.get_cached_doc("Document Kind", self.kind)
		self.issued_on = today()
		self.year = getdate(self.issued_on).year
		self.number = paper_series.next_number(self.project, self.kind, self.year)
		self.number_key = f"{paper_series.key(self.project, self.kind, self.year)}|{self.number}"
		code = frappe.get_cached_value("Property Project", self.project, "project_code")
		self.document_number = paper_rules.number_text(kind.number_form, code, self.year, self.number)

	def check_seal(self) -> None:
		needed = frappe.get_cached_value("Document Kind", self.kind, "needs_seal")
		if needed and not frappe.db.exists("Seal Request", {"issued_document": self.name, "docstatus": 1}):
			frappe.throw(_("Papers of this kind bear a seal. Have the seal request approved first."), SealMissing)

	def lock_replaced(self) -> None:
		"""Of two documents that would replace the same one, the second is refused."""
		if not self.replaces:
			return
		table = frappe.qb.DocType("Issued Document")
		row = (
			frappe.qb.from_(table)
			.select(table.replaced_by)
			.where(table.name == self.replaces)
			.for_update()
			.run(as_dict=True)[0]
		)
		if row.replaced_by:
			frappe.throw(_("{0} was replaced by {1} already.").format(self.replaces, row.replaced_by), AlreadyReplaced)

	def on_submit(self) -> None:
		paper_readers.distribute(self)
		if self.replaces:
			self.withdraw_replaced()
		if self.incoming_letter:
			frappe.db.set_value("Incoming Letter", self.incoming_letter, "answered_by", self.name)

	def withdraw_replaced(self) -> None:
		old = frappe.get_doc("Issued Document", self.replaces)
		if old.workflow_state == ISSUED:
			reason = _("Replaced by {0}").format(self.document_number)
			approval.system_step(
				old,
				WITHDRAWN,
				replaced_by=self.name,
				withdrawal_reason=reason,
				withdrawn_on=now_datetime(),
			)
			old.tell_readers()
		else:
			old.db_set("replaced_by", self.name)

	def before_update_after_submit(self) -> None:
		if self.is_withdrawn_now():
			if not self.withdrawal_reason:
				frappe.throw(_("Say why the document is withdrawn."), WithdrawalReason)
			self.withdrawn_on = now_datetime()

	def is_withdrawn_now(self) -> bool:
		before = self.get_doc_before_save()
		return self.workflow_state == WITHDRAWN and before.workflow_state != WITHDRAWN

	def on_update_after_submit(self) -> None:
		if self.is_withdrawn_now():
			self.tell_readers()
		elif self.workflow_state == ISSUED:
			paper_readers.distribute(self)

	def before_cancel(self) -> None:
		frappe.throw(_("An issued document is withdrawn, not cancelled: it keeps its number."), DocumentFrozen)

	def tell_readers(self) -> None:
		readers = frappe.get_all("Document Reading", filters={"issued_document": self.name}, pluck="user")
		notify.alert(
			readers,
			lambda: _("{0} {1} was withdrawn: {2}").format(self.document_number, self.subject, self.withdrawal_reason),
			self.doctype,
			self.name,
		)

	@frappe.whitelist(methods=["POST"])
	def fill_from_template(self) -> dict:
		"""Subject, body and addressee of the chosen template, its placeholders filled in."""
		self.check_permission("read")
		template = frappe.get_cached_doc("Document Template", self.template)
		return {"kind": template.kind, **template.filled(self.project)}

	@frappe.whitelist(methods=["POST"])
	def note_withdrawal(self, reason: str) -> None:
		"""Keep why the document is to be withdrawn; the workflow's action follows. Raises WithdrawalReason without one."""
		frappe.only_for("Office Director")
		self.check_permission("write")
		if not reason.strip():
			frappe.throw(_("Say why the document is withdrawn."), WithdrawalReason)
		self.db_set("withdrawal_reason", reason.strip())

	@frappe.whitelist(methods=["POST"])
	def make_replacement(self) -> str:
		"""A new draft that will replace this document when it is issued; returns its name. Raises AlreadyReplaced."""
		self.check_permission("read")
		if self.replaced_by:
			frappe.throw(_("{0} was replaced by {1} already.").format(self.name, self.replaced_by), AlreadyReplaced)
		if self.docstatus.is_draft():
			frappe.throw(_("A draft is changed, not replaced."), DocumentFrozen)
		new = frappe.copy_doc(self, ignore_no_copy=False)
		new.update({"replaces": self.name, "workflow_state": None, "owner": frappe.session.user})
		new.insert()
		return new.name

	@frappe.whitelist(methods=["POST"])
	def confirm_reading(self) -> None:
		"""The present user confirms that they have read the document. Raises NotAReader."""
		self.check_permission("read")
		paper_readers.confirm(self)

	@frappe.whitelist()
	def my_reading(self) -> str | None:
		"""Whether the present user has to read this document: `Unread`, `Has Read` or None."""
		self.check_permission("read")
		return frappe.db.get_value(
			"Document Reading", {"issued_document": self.name, "user": frappe.session.user}, "status"
		)

	def printed_attachments(self) -> list[str]:
		return [line.strip() for line in (self.attachment_list or "").splitlines() if line.strip()]

	def replaced_note(self) -> str:
		"""What the print says about the document that this one replaces."""
		if not self.replaces:
			return ""
		number, issued = frappe.db.get_value("Issued Document", self.replaces, ["document_number", "issued_on"])
		return _("Replaces {0} of {1}").format(number, format_date(issued))
