import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, getdate, today

from kefu_property.keys import movements
from kefu_property.keys.doctype.key_loan.key_loan import take_back
from kefu_property.keys.doctype.property_key.property_key import check_same_project
from kefu_property.keys.exceptions import KeyInUse, LockChangeMissing, LossOpen

CLOSED, FOUND, DUE = "Closed", "Found Again", "Lock Change Due"


class KeyLoss(Document):
	"""Report of a lost key and what follows: approval, lock change, retired keys (D14)."""

	def before_insert(self) -> None:
		"""The key counts as lost from the moment of the report, not from its approval."""
		key = movements.lock([self.property_key]).get(self.property_key)
		if not key or key.status in (movements.LOST, movements.RETIRED):
			frappe.throw(_("The loss of {0} is being followed up already.").format(self.property_key), LossOpen)
		self.project = key.project
		if key.current_loan:
			self.key_loan = key.current_loan
			self.responsible = self.responsible or key.holder

	def after_insert(self) -> None:
		if self.key_loan:
			take_back(frappe.get_doc("Key Loan", self.key_loan), [self.property_key], "Lost")
		else:
			movements.move([self.property_key], movements.LOST, holder=self.responsible)

	def validate(self) -> None:
		check_same_project(self, ("property_key", "Property Key"), ("key_loan", "Key Loan"))
		if getdate(self.lost_on) > getdate(today()):
			frappe.throw(_("The loss lies in the future. Correct the date."))
		self.check_lock_change()

	def check_lock_change(self) -> None:
		if not self.lock_change:
			if not self.reason_no_change:
				frappe.throw(_("Say why the lock stays as it is."), LockChangeMissing)
			self.lock_change_due = None
			return
		self.reason_no_change = None
		self.lock_change_due = self.lock_change_due or add_days(self.lost_on, movements.settings("lock_change_days"))
		if self.status == CLOSED and not (self.lock_changed_on and self.lock_changed_by and self.new_lock_number):
			frappe.throw(
				_("Enter when and by whom the lock was changed and the mark of the new lock, then close."),
				LockChangeMissing,
			)

	def on_update(self) -> None:
		if not self.has_value_changed("status"):
			return
		if self.status == FOUND:
			movements.lock([self.property_key])
			movements.move([self.property_key], movements.IN_CABINET)
		elif self.status == CLOSED:
			self.retire_keys()

	def retire_keys(self) -> None:
		"""The lost key is out of use; with a changed lock, so is every key of the old lock that is in our hands."""
		lock_number = frappe.db.get_value("Property Key", self.property_key, "lock_number")
		names = [self.property_key]
		if self.lock_change and lock_number:
			names += frappe.get_all(
				"Property Key",
				filters={"project": self.project, "lock_number": lock_number, "status": movements.IN_CABINET},
				pluck="name",
			)
		movements.lock(names)
		movements.move(names, movements.RETIRED)
		table = frappe.qb.DocType("Property Key")
		frappe.qb.update(table).set(table.cabinet, None).set(table.hook, None).where(table.name.isin(names)).run()

	def on_trash(self) -> None:
		if self.status not in (CLOSED, FOUND):
			frappe.throw(_("Close the loss or mark the key as found before you delete the report."), KeyInUse)
