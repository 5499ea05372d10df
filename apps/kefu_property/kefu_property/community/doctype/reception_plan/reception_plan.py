import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime, strip_html

from kefu_property.community import meeting_rooms
from kefu_property.community.meeting_exceptions import MeetingState, ReceptionIncomplete
from kefu_property.rules.money import sum_money
from kefu_property.suite import attachments
from kefu_property.suite.notify import alert


class ReceptionPlan(Document):
	"""Visit of guests: plan with approval, rooms, costs, and the record afterwards (D21)."""

	def validate(self) -> None:
		self.check_visit()
		self.check_programme()
		self.check_rooms()
		self.sum_costs()

	def check_visit(self) -> None:
		if get_datetime(self.ends_on) <= get_datetime(self.starts_on):
			frappe.throw(_("The guests depart before they arrive. Correct the times."), ReceptionIncomplete)
		self.guest_count = len(self.guests)

	def check_programme(self) -> None:
		for row in self.programme:
			if not get_datetime(self.starts_on) <= get_datetime(row.begins) <= get_datetime(self.ends_on):
				frappe.throw(
					_("Line {0} of the programme lies outside the visit.").format(row.idx), ReceptionIncomplete
				)

	def check_rooms(self) -> None:
		for row in self.rooms:
			meeting_rooms.check_times(row.starts_on, row.ends_on)
			meeting_rooms.check_room(row.room, self.project)  # lint: allow query-in-loop: one or two rooms
			if self.docstatus.is_draft():
				meeting_rooms.check_free(row.room, row.starts_on, row.ends_on)  # lint: allow query-in-loop: as above

	def sum_costs(self) -> None:
		self.planned_total = str(sum_money(str(row.planned or 0) for row in self.costs))
		self.actual_total = str(sum_money(str(row.actual or 0) for row in self.costs))

	def on_submit(self) -> None:
		meeting_rooms.book(self, self.visitors, [(row.room, row.starts_on, row.ends_on) for row in self.rooms])
		users = [self.host, self.guide, *(row.responsible for row in self.programme)]
		alert(
			[user for user in users if user],
			lambda: _("You take part in the reception of {0}.").format(self.visitors),
			self.doctype,
			self.name,
		)

	def before_update_after_submit(self) -> None:
		self.sum_costs()
		attachments.clean_rows(self, "photos", "image")
		before = self.get_doc_before_save()
		if self.workflow_state == "Finished" and before.workflow_state != "Finished":
			self.check_record()

	def check_record(self) -> None:
		if get_datetime(self.starts_on) > now_datetime():
			frappe.throw(_("The visit has not begun yet."), ReceptionIncomplete)
		if not strip_html(self.record or "").strip():
			frappe.throw(_("Write the record of the visit first."), ReceptionIncomplete)

	def before_cancel(self) -> None:
		if self.workflow_state == "Finished" or (self.get_doc_before_save() or self).workflow_state == "Finished":
			frappe.throw(_("The visit took place and cannot be cancelled."), MeetingState)

	def on_cancel(self) -> None:
		meeting_rooms.release(self)
