import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.community.meeting_exceptions import MeetingState


class MeetingRoomBooking(Document):
	"""Time of a room that a meeting or reception has; written by `meeting_rooms.book` alone (D31)."""

	def validate(self) -> None:
		if not self.is_new():
			frappe.throw(_("A booking follows its meeting or reception. Change that instead."), MeetingState)

	def on_trash(self) -> None:
		frappe.throw(_("A booking follows its meeting or reception. Cancel that instead."), MeetingState)


def on_doctype_update() -> None:
	frappe.db.add_index("Meeting Room Booking", ["room", "starts_on"])
