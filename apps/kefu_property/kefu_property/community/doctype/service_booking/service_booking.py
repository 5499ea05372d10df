import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.community import bookings, guards
from kefu_property.community.exceptions import BookingState


class ServiceBooking(Document):
	"""A resident's booking of a special service: dispatched, done, billed, rated (D27)."""

	def before_insert(self) -> None:
		self.status = bookings.BOOKED
		bookings.fill(self)
		self.code = frappe.generate_hash(length=8).upper()

	def validate(self) -> None:
		guards.check_unchanged(self, "remark")

	def db_insert(self, *args, **kwargs) -> None:
		"""Take the first free place; when another process was faster, the next one. Raises SlotFull."""
		if not self.flags.capacity:
			return super().db_insert(*args, **kwargs)  # a row brought back or imported bare
		for key in bookings.seats(self):
			self.seat_key = key
			frappe.db.savepoint("seat")
			try:
				super().db_insert(*args, **kwargs)
			except frappe.UniqueValidationError:
				frappe.clear_last_message()
				frappe.db.rollback(save_point="seat")
			else:
				return None
		bookings.full(self)

	def after_insert(self) -> None:
		user = frappe.db.get_value("Special Service", self.service, "staff_user")
		if user:
			bookings.dispatch(self.name, user)
			self.reload()

	def on_trash(self) -> None:
		if self.status != bookings.CANCELLED:
			frappe.throw(_("Cancel the booking instead of deleting it."), BookingState)

	@frappe.whitelist(methods=["POST"])
	def dispatch(self, user: str) -> None:
		"""Send a staff member (front desk)."""
		self.check_permission("create")
		bookings.dispatch(self.name, user)

	@frappe.whitelist(methods=["POST"])
	def finish(self, note: str) -> str | None:
		"""Note that the work is done and bill it (whoever was sent, or the front desk). Returns the bill's name."""
		self.check_permission("write")
		if self.assigned_to != frappe.session.user:
			self.check_permission("create")
		return bookings.finish(self.name, note)

	@frappe.whitelist(methods=["POST"])
	def cancel_booking(self, reason: str) -> None:
		"""Call the booking off for the office, free of charge (front desk)."""
		self.check_permission("create")
		bookings.cancel(self.name, reason, by_office=True)
