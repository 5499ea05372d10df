import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.billing.exceptions import UnreadableStatement


class BankStatementUpload(Document):
	"""A bank's statement; its lines are read once and stay (D2)."""

	def before_insert(self):
		self.status = "Draft"

	def validate(self):
		before = self.get_doc_before_save()
		if (
			before
			and before.status == "Read"
			and (before.statement, before.bank_account) != (self.statement, self.bank_account)
		):
			frappe.throw(_("This statement has been read. Upload the next one in a new document."), UnreadableStatement)

	def on_trash(self):
		if self.lines_read:
			frappe.throw(_("A statement whose lines were read is not deleted."), UnreadableStatement)
