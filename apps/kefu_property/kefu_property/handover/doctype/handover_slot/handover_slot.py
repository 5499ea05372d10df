import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.handover.exceptions import SlotFull


class HandoverSlot(Document):
	"""One appointment time of a batch and how many homes it takes; `booked` is kept by the bookings (D24)."""

	def validate(self) -> None:
		booked = frappe.db.get_value("Handover Slot", self.name, "booked", for_update=True) or 0
		self.booked = booked
		if self.capacity < booked:
			frappe.throw(
				_("{0} homes have this appointment. The capacity cannot be less.").format(booked),
				SlotFull,
			)


def on_doctype_update() -> None:
	frappe.db.add_index("Handover Slot", ["batch", "slot_date", "from_time"])
