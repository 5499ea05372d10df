import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.billing import bank
from kefu_property.billing.exceptions import BankLineError
from kefu_property.registry import api as registry

BANK_FACTS = ("project", "value_date", "amount", "payer_name", "memo", "serial_no", "upload", "line_key", "fee_payment")


class BankTransferLine(Document):
	"""Money that came in by bank; a person may only choose its payer, all else comes from the statement."""

	def validate(self):
		self.check_source()
		self.check_payer()

	def check_source(self):
		before = self.get_doc_before_save()
		if not before or any(str(before.get(field) or "") != str(self.get(field) or "") for field in BANK_FACTS):
			frappe.throw(_("Lines come from a bank statement; only the payer is chosen."), BankLineError)
		if before.status == bank.POSTED:
			frappe.throw(_("This line has been posted. Reverse its receipt first."), BankLineError)
		if (before.resident or "") != (self.resident or ""):
			self.match_reason, self.score = ("By hand", 0) if self.resident else (None, 0)
			self.status = bank.PROPOSED if self.resident else bank.UNMATCHED

	def check_payer(self):
		if self.resident and frappe.get_cached_value("Resident", self.resident, "project") != self.project:
			frappe.throw(_("{0} {1} belongs to another project.").format(_("Resident"), self.resident), BankLineError)
		self.resident_name = registry.names_of([self.resident]).get(self.resident) if self.resident else None

	def on_trash(self):
		frappe.throw(_("Lines of a bank statement are not deleted. Set them aside with a reason."), BankLineError)


def on_doctype_update():
	frappe.db.add_index("Bank Transfer Line", ["project", "status", "value_date"])
