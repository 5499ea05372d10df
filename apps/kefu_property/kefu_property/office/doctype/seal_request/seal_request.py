import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from kefu_property.office.paper_exceptions import SealNotUsable, WrongProject

APPROVED, SEALED = "Approved", "Sealed"


class SealRequest(Document):
	"""Request for the use of a seal (用印申请): approved by somebody else, used by the keeper, kept in the register (D9)."""

	def validate(self) -> None:
		self.check_seal()
		self.check_document()

	def check_seal(self) -> None:
		seal = frappe.get_cached_doc("Office Seal", self.seal)
		if seal.project != self.project:
			frappe.throw(_("The seal is of another project. Choose one of this project."), WrongProject)
		if seal.disabled and self.docstatus.is_draft():
			frappe.throw(_("The seal {0} is out of use. Choose another one.").format(seal.seal_name), SealNotUsable)
		if (self.copies or 0) < 1:
			frappe.throw(_("Enter how many copies are to be sealed."), SealNotUsable)

	def check_document(self) -> None:
		if not self.issued_document:
			return
		if frappe.get_cached_value("Issued Document", self.issued_document, "project") != self.project:
			frappe.throw(_("The document is of another project. Choose one of this project."), WrongProject)

	def before_update_after_submit(self) -> None:
		before = self.get_doc_before_save()
		if before.workflow_state == APPROVED and self.workflow_state == SEALED:
			self.note_use()

	def note_use(self) -> None:
		"""Only the keeper uses a seal, once for each request."""
		keeper = frappe.db.get_value("Office Seal", self.seal, "keeper")
		if frappe.session.user not in (keeper, "Administrator"):
			frappe.throw(
				_("{0} keeps this seal and notes its use.").format(frappe.utils.get_fullname(keeper)), SealNotUsable
			)
		self.sealed_on = now_datetime()
		self.sealed_by = frappe.session.user
		self.sealed_copies = self.sealed_copies or self.copies
