import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, get_url, now_datetime

from kefu_property.community import meeting_rooms, meetings
from kefu_property.community.meeting_exceptions import AttendeeTwice, CustomerMissing, MeetingState, MeetingTimes
from kefu_property.rules import meeting_rules as rules
from kefu_property.suite import qr

PAID = "Paid Meeting Service"


class OfficeMeeting(Document):
	"""A meeting: room, agenda, who is invited and who came; submitting books the room and invites (D31)."""

	def before_insert(self) -> None:
		self.code = frappe.generate_hash(length=10).upper()

	def validate(self) -> None:
		self.status = self.status if self.docstatus.is_submitted() else meetings.DRAFT
		self.check_room()
		self.check_agenda()
		self.check_attendees()
		self.charge()

	def check_room(self) -> None:
		meeting_rooms.check_times(self.starts_on, self.ends_on)
		self.flags.room = meeting_rooms.check_room(self.room, self.project)
		if self.docstatus.is_draft():
			meeting_rooms.check_free(self.room, self.starts_on, self.ends_on, self.name or "")

	def check_agenda(self) -> None:
		length = (get_datetime(self.ends_on) - get_datetime(self.starts_on)).total_seconds() / 60
		planned = sum(row.minutes or 0 for row in self.agenda)
		if planned > length:
			frappe.throw(
				_("The agenda takes {0} minutes, the meeting {1}. Shorten it, or book a longer time.").format(
					planned, int(length)
				),
				MeetingTimes,
			)

	def check_attendees(self) -> None:
		seen = set()
		for row in self.attendees:
			if row.user and not row.attendee_name:
				row.attendee_name = frappe.get_cached_value("User", row.user, "full_name")
			if not row.attendee_name:
				frappe.throw(_("Line {0} of the attendees names nobody.").format(row.idx), AttendeeTwice)
			if row.user and row.user in seen:
				frappe.throw(_("{0} stands twice on the list.").format(row.attendee_name), AttendeeTwice)
			seen.add(row.user)
		if self.flags.room.seats and len(self.attendees) > self.flags.room.seats:
			frappe.msgprint(
				_("The room has {0} seats, {1} people are invited.").format(self.flags.room.seats, len(self.attendees)),
				indicator="orange",
			)

	def charge(self) -> None:
		"""Only a paid service costs something; its customer is named."""
		if self.kind != PAID:
			self.set("services", [])
			self.room_charge = self.service_charge = self.total_charge = 0
			return
		if not self.customer:
			frappe.throw(_("Enter the customer who pays for the meeting."), CustomerMissing)
		room, amounts, total = rules.charges(
			get_datetime(self.starts_on),
			get_datetime(self.ends_on),
			str(self.flags.room.price_per_hour or 0),
			[(str(row.quantity or 0), str(row.price or 0)) for row in self.services],
		)
		for row, amount in zip(self.services, amounts, strict=True):
			row.amount = str(amount)
		self.room_charge, self.service_charge, self.total_charge = str(room), str(total - room), str(total)

	def before_submit(self) -> None:
		if get_datetime(self.ends_on) < now_datetime():
			frappe.throw(_("The meeting lies in the past. Correct the times."), MeetingTimes)
		self.status = meetings.BOOKED

	def on_submit(self) -> None:
		meeting_rooms.book(self, self.subject, [(self.room, self.starts_on, self.ends_on)])
		meetings.invite(self)

	def before_update_after_submit(self) -> None:
		"""Who came may be noted by hand, too; then the meeting took place."""
		if self.status == meetings.BOOKED and any(
			row.attendance in ("Present", "Did Not Come") for row in self.attendees
		):
			self.status = meetings.HELD
		if self.paid_on and not self.payment_note:
			frappe.throw(_("Enter the number of the receipt or invoice."), CustomerMissing)

	def before_cancel(self) -> None:
		if self.status == meetings.HELD:
			frappe.throw(_("The meeting took place and cannot be cancelled."), MeetingState)

	def on_cancel(self) -> None:
		meeting_rooms.release(self)
		self.db_set("status", meetings.CANCELLED)
		meetings.invite(self)

	def sign_in_qr(self) -> str:
		return qr.data_uri(get_url(f"/app/meeting-sign-in/{self.code}"), scale=6)

	def room_name(self) -> str:
		row = frappe.db.get_value("Meeting Room", self.room, ["room_name", "place"], as_dict=True)
		return " ".join(filter(None, (row.room_name, row.place)))
