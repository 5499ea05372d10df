from datetime import timedelta

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime

from kefu_property.keys import movements
from kefu_property.keys.doctype.property_key.property_key import check_same_project
from kefu_property.keys.exceptions import (
	AlreadyReturned,
	BorrowerMissing,
	DueTime,
	KeyInUse,
	NeedsApproval,
	NotOnLoan,
)
from kefu_property.rules.personal_data import is_phone, normalise_phone

DRAFT, APPROVED, HANDED_OUT = "Draft", "Approved", "Handed Out"


class KeyLoan(Document):
	"""Loan slip of keys: who took which, for what, until when (D14)."""

	def validate(self) -> None:
		self.add_set()
		self.check_borrower()
		self.check_keys()
		self.check_due()
		self.count_open()

	def add_set(self) -> None:
		if not self.key_set:
			return
		have = {row.property_key for row in self.items}
		for name in frappe.get_all(
			"Property Key",
			filters={"key_set": self.key_set, "status": ["!=", movements.RETIRED]},
			pluck="name",
			order_by="key_code",
		):
			if name not in have:
				self.append("items", {"property_key": name})
		self.key_set = None

	def check_borrower(self) -> None:
		"""Staff, a resident of the project, or a company with a name and a phone for reminders."""
		if self.borrower_kind == "Staff":
			if not self.staff:
				frappe.throw(_("Choose the staff member who takes the keys."), BorrowerMissing)
			self.borrower_name = frappe.get_cached_value("User", self.staff, "full_name")
			self.resident = self.company = self.contact_phone = self.id_kind = self.id_last4 = None
			return
		self.staff = None
		if self.borrower_kind == "Resident":
			if not self.resident:
				frappe.throw(_("Choose the resident who takes the keys."), BorrowerMissing)
			check_same_project(self, ("resident", "Resident"))
			self.company = self.contact_phone = None
			self.borrower_name = frappe.get_cached_value("Resident", self.resident, "resident_name")
		else:
			self.resident = None
			self.contact_phone = normalise_phone(self.contact_phone or "")
			if not (self.company and self.borrower_name and is_phone(self.contact_phone)):
				frappe.throw(_("Enter company, name and a valid phone of the contractor."), BorrowerMissing)

	def check_keys(self) -> None:
		check_same_project(self, ("unit", "Property Unit"))
		keys = movements.check_items(self)
		for row in self.items:
			row.key_code, row.key_name = keys[row.property_key].key_code, keys[row.property_key].key_name
		self.needs_approval = int(any(key.restricted for key in keys.values()))
		if not self.unit:
			units = {key.unit for key in keys.values() if key.unit}
			self.unit = units.pop() if len(units) == 1 else None
		if self.docstatus.is_draft():
			movements.need_status(keys.values(), movements.IN_CABINET)

	def check_due(self) -> None:
		if not self.due_on or get_datetime(self.due_on) <= now_datetime():
			frappe.throw(_("Enter a due time in the future."), DueTime)
		longest = movements.settings("max_hours")
		if longest and get_datetime(self.due_on) > now_datetime() + timedelta(hours=longest):
			frappe.throw(_("Keys are lent for at most {0} hours. Choose an earlier due time.").format(longest), DueTime)

	def count_open(self) -> None:
		self.open_items = sum(1 for row in self.items if not row.outcome)
		if self.docstatus.is_cancelled():
			self.status = "Cancelled"
		elif self.docstatus.is_draft():
			state = self.workflow_state or DRAFT
			self.status = DRAFT if state == HANDED_OUT else state
		elif not self.open_items:
			self.status = "Returned"
		else:
			self.status = "On Loan" if self.open_items == len(self.items) else "Partly Returned"

	def before_submit(self) -> None:
		"""Handing out: restricted keys only after approval; outsiders show a paper."""
		before = self.get_doc_before_save()
		if self.needs_approval and (not before or before.workflow_state != APPROVED):
			frappe.throw(_("One of these keys needs approval. Send the loan to the supervisor first."), NeedsApproval)
		if self.borrower_kind != "Staff":
			movements.check_identity(self)
		# the locked rows decide, not what this transaction read before: nobody lends a key twice
		keys = movements.lock(row.property_key for row in self.items)
		movements.need_status(keys.values(), movements.IN_CABINET)
		self.lent_on = now_datetime()
		self.issued_by = frappe.session.user
		self.overdue_level = 0
		for row in self.items:
			row.outcome = row.returned_on = row.received_by = None
		self.count_open()

	def on_submit(self) -> None:
		movements.move(
			[row.property_key for row in self.items],
			movements.ON_LOAN,
			holder=f"{self.borrower_name} {self.company or ''}".strip(),
			loan=self.name,
			due_on=self.due_on,
		)

	def before_update_after_submit(self) -> None:
		before = self.get_doc_before_save()
		if before and get_datetime(before.due_on) != get_datetime(self.due_on):
			self.check_due()
			self.overdue_level = 0
		self.count_open()

	def on_update_after_submit(self) -> None:
		if self.has_value_changed("due_on"):
			movements.lock(row.property_key for row in self.items if not row.outcome)
			movements.move(
				[row.property_key for row in self.items if not row.outcome],
				movements.ON_LOAN,
				holder=f"{self.borrower_name} {self.company or ''}".strip(),
				loan=self.name,
				due_on=self.due_on,
			)

	def before_cancel(self) -> None:
		if any(row.outcome for row in self.items):
			frappe.throw(_("Keys of this loan came back or were lost. It cannot be cancelled."), KeyInUse)

	def on_cancel(self) -> None:
		movements.lock(row.property_key for row in self.items)
		movements.move([row.property_key for row in self.items], movements.IN_CABINET)
		self.db_set({"status": "Cancelled", "open_items": 0})

	@frappe.whitelist(methods=["POST"])
	def return_keys(self, keys: list | str | None = None) -> dict:
		"""Take back `keys` (names of Property Key; default all that are out). Returns status and number still out.

		Raises AlreadyReturned for a key that came back before, NotOnLoan for a loan that is not out.
		"""
		self.check_permission("write")
		take_back(self, frappe.parse_json(keys) if keys else None, "Returned")
		return {"status": self.status, "open_items": self.open_items}


def take_back(loan: KeyLoan, keys: list[str] | None, outcome: str) -> None:
	"""Close items of a loan as `Returned`, `Lost` or `Found in Count`; the keys' rows are locked meanwhile."""
	reload_locked(loan)
	if not loan.docstatus.is_submitted():
		frappe.throw(_("{0} was not handed out.").format(loan.name), NotOnLoan)
	rows = [row for row in loan.items if keys is None or row.property_key in keys]
	if keys is None:
		rows = [row for row in rows if not row.outcome]
	if not rows:
		frappe.throw(_("All keys of {0} came back before.").format(loan.name), AlreadyReturned)
	back = [row for row in rows if row.outcome]
	if back:
		frappe.throw(
			_("{0} came back on {1} already.").format(
				back[0].key_code, frappe.utils.format_datetime(back[0].returned_on)
			),
			AlreadyReturned,
		)
	names = [row.property_key for row in rows]
	movements.lock(names)
	for row in rows:
		row.outcome = outcome
		row.returned_on = now_datetime()
		row.received_by = frappe.session.user
	if all(row.outcome for row in loan.items):
		loan.returned_on = now_datetime()
	loan.flags.ignore_permissions = True  # the caller has checked the right to take keys back
	loan.save()
	movements.move(names, movements.LOST if outcome == "Lost" else movements.IN_CABINET)


def reload_locked(loan: KeyLoan) -> None:
	"""Load a loan as it stands now, locked: what this transaction read before may be older than another desk's return."""
	loan.reload()
	head, item = frappe.qb.DocType("Key Loan"), frappe.qb.DocType("Key Loan Item")
	now = frappe.qb.from_(head).select(head.star).where(head.name == loan.name).for_update().run(as_dict=True)[0]
	loan.update({field: now[field] for field in ("docstatus", "modified", "status", "due_on", "open_items")})
	rows = frappe.qb.from_(item).select(item.star).where(item.parent == loan.name).for_update().run(as_dict=True)
	current = {row.name: row for row in rows}
	for row in loan.items:
		row.update({field: current[row.name][field] for field in ("outcome", "returned_on", "received_by", "modified")})
