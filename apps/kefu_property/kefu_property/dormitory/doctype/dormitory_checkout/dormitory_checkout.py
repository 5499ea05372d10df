import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, getdate

from kefu_property.dormitory import beds, deductions, deposits
from kefu_property.dormitory.doctype.dormitory_stay import dormitory_stay as stays
from kefu_property.dormitory.exceptions import (
	DeductionsOpen,
	DormitoryDates,
	InventoryWrong,
	SettlementWrong,
	StayFixed,
	WrongProject,
)
from kefu_property.rules import dormitory_rules as rules
from kefu_property.rules.money import D, sum_money
from kefu_property.suite import attachments


class DormitoryCheckout(Document):
	"""Check-out: inspection, deductions and the deposit's end, approved by HR (D17)."""

	def validate(self) -> None:
		self.take_from_stay()
		self.check_items()
		self.check_keys()
		self.check_photo()
		self.settle()
		self.check_open()

	def take_from_stay(self) -> None:
		stay = frappe.get_doc("Dormitory Stay", self.stay)
		if stay.project != self.project:
			frappe.throw(_("The stay {0} belongs to another project.").format(self.stay), WrongProject)
		if self.docstatus.is_draft() and stay.status != beds.STAYING:
			frappe.throw(_("The stay {0} ended already.").format(self.stay), StayFixed)
		other = frappe.db.get_value(
			"Dormitory Checkout", {"stay": self.stay, "docstatus": ["<", 2], "name": ["!=", self.name or ""]}
		)
		if other:
			frappe.throw(_("There is a check-out of this stay already: {0}.").format(other), StayFixed)
		if getdate(self.left_on) < getdate(stay.from_date):
			frappe.throw(
				_("The stay began on {0}. Choose a later day.").format(format_date(stay.from_date)), DormitoryDates
			)
		self.staff, self.staff_name, self.room, self.bed = stay.staff, stay.staff_name, stay.room, stay.bed
		self.keys_given = stay.keys_given
		if self.is_new() and not self.items:
			self.keys_returned = stay.keys_given
			for row in stay.inventory:
				self.append(
					"items",
					{
						"thing": row.thing,
						"quantity": row.quantity,
						"returned": row.quantity,
						"condition": row.condition,
						"price": row.price,
					},
				)

	def check_items(self) -> None:
		"""What is missing or damaged is deducted, or a remark says why it is not."""
		for row in self.items:
			if row.returned > row.quantity:
				frappe.throw(
					_("Of {0} just {1} were given out, {2} are entered as returned.").format(
						row.thing, row.quantity, row.returned
					),
					InventoryWrong,
				)
			short = row.returned < row.quantity or row.condition == "Damaged"
			if short and not D(str(row.deduction or 0)) and not row.remark:
				frappe.throw(
					_("{0}: enter what is deducted, or a remark why nothing is.").format(row.thing), InventoryWrong
				)
			if D(str(row.deduction or 0)) and not short:
				frappe.throw(
					_("{0} is complete and undamaged; nothing can be deducted.").format(row.thing), InventoryWrong
				)

	def check_keys(self) -> None:
		if self.keys_returned > self.keys_given:
			frappe.throw(_("More keys came back than were given."), InventoryWrong)
		if self.keys_returned < self.keys_given and not D(str(self.key_charge or 0)) and not self.remarks:
			frappe.throw(_("Keys are missing: enter the charge, or a remark."), InventoryWrong)

	def check_photo(self) -> None:
		if self.photo and self.has_value_changed("photo"):
			self.photo = attachments.keep(self.photo, self.doctype, self.name)

	def settle(self, lock: bool = False) -> None:
		damages = sum_money(str(row.deduction or 0) for row in self.items) + D(str(self.key_charge or 0))
		held = deposits.held(self.staff, lock=lock)
		parts = rules.settle(held, damages)
		self.damages, self.deposit_held = str(damages), str(held)
		self.from_deposit, self.refund = str(parts.from_deposit), str(parts.refund)
		self.open_deductions = str(deductions.open_total(self.staff))
		self.to_pay = str(parts.to_pay)

	def check_open(self) -> None:
		"""No check-out while deductions are open or a violation waits for its decision."""
		if self.workflow_state in (None, "Draft"):
			return
		if D(self.open_deductions):
			frappe.throw(
				_(
					"Deductions of {0} yuan are open for {1}. Settle them, or put them on the payroll list first."
				).format(self.open_deductions, self.staff_name),
				DeductionsOpen,
			)
		waiting = frappe.db.get_value("Dormitory Violation", {"staff": self.staff, "docstatus": 0})
		if waiting:
			frappe.throw(_("The violation {0} is not decided yet.").format(waiting), DeductionsOpen)

	def before_submit(self) -> None:
		if getdate(self.left_on) > getdate():
			frappe.throw(_("Approve the check-out on the day of leaving, not before."), DormitoryDates)
		self.settle(lock=True)
		self.check_open()
		if D(str(self.cash_received or 0)) != D(self.to_pay):
			frappe.throw(
				_("The deposit does not cover everything: {0} yuan have to be received in cash.").format(self.to_pay),
				SettlementWrong,
			)
		if D(self.refund) and not self.refund_method:
			frappe.throw(_("Choose how the deposit is refunded."), SettlementWrong)
		stays.end(self.stay, self.left_on)

	def on_submit(self) -> None:
		settled = {"status": deductions.SETTLED, "settled_on": self.left_on, "settled_user": frappe.session.user}
		for method, amount in (("Deposit", self.from_deposit), ("Cash", self.cash_received)):
			deductions.add(
				self,
				self.staff,
				"Damage",
				amount or 0,
				self.left_on,
				self.stay,
				self.room,
				source_key=f"{self.name}|{method}",
				settled_by=method,
				**settled,
			)
		deposits.write(self, "Deducted", D(self.from_deposit), self.left_on, stay=self.stay)
		deposits.write(self, "Refunded", D(self.refund), self.left_on, self.refund_method, self.stay)

	def before_cancel(self) -> None:
		frappe.throw(_("A check-out is not cancelled. Make a new application for the bed."), StayFixed)
