import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from kefu_property.inspection import bookings
from kefu_property.inspection.exceptions import BookingRefused
from kefu_property.registry import api as registry


class FacilityBooking(Document):
	"""A slot of a facility for a home (D26)."""

	def before_insert(self) -> None:
		approval = frappe.db.get_value("Facility", self.facility, "booking_approval")
		self.status = "Requested" if approval else "Confirmed"

	def validate(self) -> None:
		if not self.is_new():
			return
		if not registry.lives_or_owns(self.unit, self.resident, self.booked_for):
			frappe.throw(_("The resident does not belong to this home."), BookingRefused)
		if (self.persons or 0) < 1:
			frappe.throw(_("Enter how many people come."), BookingRefused)
		bookings.check(self)

	@frappe.whitelist(methods=["POST"])
	def decide(self, confirm: bool, note: str | None = None) -> None:
		"""Confirm or refuse a requested booking (front desk). Raises BookingRefused for one that was decided."""
		frappe.only_for(("CS Agent", "CS Supervisor", "Office Director"))
		self.check_permission("write")
		if self.status != "Requested":
			frappe.throw(_("This booking was decided already."), BookingRefused)
		if not confirm and not (note or "").strip():
			frappe.throw(_("Give the reason; the resident reads it."), BookingRefused)
		self._decide("Confirmed" if confirm else "Refused", note)

	@frappe.whitelist(methods=["POST"])
	def cancel_booking(self, note: str | None = None) -> None:
		"""Take back a booking that holds a slot (front desk)."""
		frappe.only_for(("CS Agent", "CS Supervisor", "Office Director"))
		self.check_permission("write")
		self.withdraw(note)

	def withdraw(self, note: str | None = None) -> None:
		"""The slot is free again. The caller has checked whose booking it is."""
		if self.status not in bookings.HOLDS:
			frappe.throw(_("This booking holds no slot any more."), BookingRefused)
		self._decide("Cancelled", note)

	def _decide(self, status: str, note: str | None) -> None:
		self.db_set(
			{
				"status": status,
				"decision_note": (note or "").strip()[:500] or None,
				"decided_by": frappe.session.user,
				"decided_on": now_datetime(),
			},
			notify=True,
		)


def on_doctype_update() -> None:
	frappe.db.add_index("Facility Booking", ["facility", "booked_for", "status"])
