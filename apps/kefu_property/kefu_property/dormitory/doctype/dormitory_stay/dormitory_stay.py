import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from kefu_property.dormitory import beds, deposits
from kefu_property.dormitory.exceptions import DepositWrong, DormitoryDates, NotApproved, StayFixed
from kefu_property.rules.money import D, round_money
from kefu_property.suite.approval import system_step


class DormitoryStay(Document):
	"""Check-in sheet: bed, keys, inventory and deposit; a transfer ends the stay before it (D17)."""

	def validate(self) -> None:
		self.take_from_application()
		self.take_inventory()
		self.check_dates()
		self.check_deposit()

	def take_from_application(self) -> None:
		application = frappe.get_doc("Dormitory Application", self.application)
		if application.docstatus != 1 or application.workflow_state != "Approved":
			frappe.throw(
				_("The application {0} is not approved, or was used: {1}.").format(
					application.name,
					_(application.workflow_state),  # lint: allow translate-dynamic: a state of the workflow
				),
				NotApproved,
			)
		self.update(
			{
				"project": application.project,
				"staff": application.staff,
				"staff_name": application.staff_name,
				"bed": application.bed,
				"room": application.room,
				"building": frappe.db.get_value("Dormitory Room", application.room, "building"),
				"previous_stay": application.current_stay if application.kind == "Change of Bed" else None,
			}
		)
		self.status = "Draft"
		self.to_date = None

	def take_inventory(self) -> None:
		if self.is_new() and not self.inventory:
			for row in frappe.get_doc("Dormitory Room", self.room).inventory:
				self.append("inventory", {key: row.get(key) for key in ("thing", "quantity", "condition", "price")})

	def check_dates(self) -> None:
		if getdate(self.from_date) > getdate():
			frappe.throw(_("Record the check-in on the day when it happens, not before."), DormitoryDates)
		begin = self.previous_stay and frappe.db.get_value("Dormitory Stay", self.previous_stay, "from_date")
		if begin and getdate(self.from_date) < getdate(begin):
			frappe.throw(_("The stay before began on {0}. Choose a later day.").format(begin), DormitoryDates)

	def check_deposit(self) -> None:
		wanted = D(str(frappe.db.get_value("Dormitory Building", self.building, "deposit") or 0))
		self.deposit_due = str(round_money(max(D(0), wanted - deposits.held(self.staff))))

	def before_submit(self) -> None:
		if not self.rules_accepted:
			frappe.throw(_("The person has to accept the rules of the dormitory first."), NotApproved)
		received = D(str(self.deposit_received or 0))
		if received != D(str(self.deposit_due)):
			frappe.throw(
				_("The deposit is {0} yuan, {1} yuan were entered.").format(self.deposit_due, received), DepositWrong
			)
		if received and not self.deposit_method:
			frappe.throw(_("Choose how the deposit was received."), DepositWrong)
		self.end_previous()
		beds.take(self.bed, self.staff, self.name, self.application)
		self.status = beds.STAYING
		self.checked_in_by = frappe.session.user

	def end_previous(self) -> None:
		if self.previous_stay:
			end(self.previous_stay, self.from_date)

	def on_submit(self) -> None:
		received = D(str(self.deposit_received or 0))
		deposits.write(self, "Paid In", received, self.from_date, self.deposit_method, self.name)
		system_step(frappe.get_doc("Dormitory Application", self.application), "Checked In")

	def before_cancel(self) -> None:
		frappe.throw(_("A check-in is not cancelled. Use a check-out."), StayFixed)


def lock(stay: str) -> frappe._dict:
	"""The stay's row as it stands now, locked until the end of the transaction."""
	table = frappe.qb.DocType("Dormitory Stay")
	return frappe.qb.from_(table).select(table.star).where(table.name == stay).for_update().run(as_dict=True)[0]


def end(stay: str, on) -> None:
	"""End a running stay and free its bed. Raises StayFixed when it ended already."""
	row = lock(stay)
	if row.status != beds.STAYING:
		frappe.throw(_("The stay {0} ended already.").format(stay), StayFixed)
	frappe.db.set_value("Dormitory Stay", stay, {"status": "Ended", "to_date": on})
	frappe.clear_document_cache("Dormitory Stay", stay)
	beds.leave(row.bed)
