import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, today

from kefu_property.billing import payments
from kefu_property.billing.exceptions import BadPeriod, CommonIncomeClosed, ResolutionMissing

OWNERS_MONEY = ("Repair of Common Parts", "Paid out to Owners")


class CommonIncomeEntry(Document):
	"""Income from common parts and what was spent of it: it belongs to the owners, in books of their own (L19)."""

	def validate(self):
		self.check_final()
		self.check_entry()
		self.check_disclosed()

	def on_trash(self):
		if self.workflow_state == "Approved":
			frappe.throw(_("An approved entry is reversed, not deleted."), CommonIncomeClosed)

	def check_final(self):
		before = self.get_doc_before_save()
		if before and before.workflow_state == "Approved":
			frappe.throw(_("An approved entry never changes. Write one that reverses it."), CommonIncomeClosed)

	def check_entry(self):
		payments.money(self.amount)
		if getdate(self.posting_date) > getdate(today()):
			frappe.throw(_("An entry cannot be dated in the future."), BadPeriod)
		if self.kind == "Expense" and self.source in OWNERS_MONEY and not (self.owners_resolution or "").strip():
			frappe.throw(_("Owners' money is spent by resolution of the owners: name it."), ResolutionMissing)
		if self.reversal_of:
			self.check_reversal()

	def check_reversal(self):
		"""A reversal is the same amount on the other side, once."""
		original = frappe.db.get_value(
			"Common Income Entry",
			self.reversal_of,
			["project", "kind", "source", "amount", "workflow_state"],
			as_dict=True,
		)
		same = original and (original.project, original.source) == (self.project, self.source)
		again = frappe.db.exists(
			"Common Income Entry",
			{"reversal_of": self.reversal_of, "workflow_state": ["!=", "Rejected"], "name": ["!=", self.name or ""]},
		)
		if (
			not same
			or original.workflow_state != "Approved"
			or original.kind == self.kind
			or payments.money(original.amount) != payments.money(self.amount)
			or again
		):
			frappe.throw(
				_(
					"A reversal has the project, source and amount of an approved entry, on the other side, and is made once."
				),
				CommonIncomeClosed,
			)

	def check_disclosed(self):
		"""What was published to the owners is not changed by a late entry."""
		closed = frappe.db.exists(
			"Common Income Disclosure",
			{"project": self.project, "workflow_state": "Approved", "to_date": [">=", self.posting_date]},
		)
		if closed:
			frappe.throw(
				_("{0} was published up to a later day. Date the entry after it.").format(closed), CommonIncomeClosed
			)


def on_doctype_update():
	frappe.db.add_index("Common Income Entry", ["project", "workflow_state", "posting_date"])
