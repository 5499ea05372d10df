import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime

from kefu_property.registry import api as registry
from kefu_property.service_desk import forums
from kefu_property.service_desk.exceptions import InvalidForum, InvitationRefused, MeasuresOpen, ReasonMissing


class OwnerForum(Document):
	"""A meeting with owners: who was invited, what was said, what follows, what was answered (S4)."""

	def validate(self) -> None:
		self.check_time()
		self.check_invitations()
		self.name_speakers()
		self.take_step()
		self.count_people()

	def check_time(self) -> None:
		if self.ends_on and get_datetime(self.ends_on) <= get_datetime(self.held_on):
			frappe.throw(_("The forum ends before it begins. Correct the times."), InvalidForum)

	def check_invitations(self) -> None:
		if len(self.invitations) > forums.MOST:
			frappe.throw(
				_("At most {0} people can be invited. Leave it open to all instead.").format(forums.MOST),
				InvitationRefused,
			)
		people = [row.resident for row in self.invitations]
		if len(set(people)) < len(people):
			frappe.throw(_("A resident stands twice among the invitations."), InvitationRefused)
		if not people:
			return
		facts = {
			row.name: row
			for row in frappe.get_all(
				"Resident", filters={"name": ["in", people]}, fields=["name", "resident_name", "project"]
			)
		}
		for row in self.invitations:
			found = facts.get(row.resident)
			if not found or found.project != self.project:
				frappe.throw(
					_("{0} is no resident of project {1}.").format(row.resident, self.project), InvitationRefused
				)
			row.resident_name = found.resident_name

	def name_speakers(self) -> None:
		names = registry.names_of(row.resident for row in self.opinions if row.resident)
		for row in self.opinions:
			row.resident_name = names.get(row.resident)
			row.received_on = row.received_on or now_datetime()

	def take_step(self) -> None:
		before = self.get_doc_before_save()
		if self.status == "Invited":
			self.check_plan()
			forums.send_invitations(self)
		if not before or before.status == self.status:
			return
		if self.status == "Held" and get_datetime(self.held_on) > now_datetime():
			frappe.throw(_("The forum begins on {0}.").format(self.get_formatted("held_on")), InvalidForum)
		if self.status == "Pending Approval":
			self.check_answer()
		elif self.status == "Published":
			self.published_on = now_datetime()
		elif self.status == "Closed" and any(not row.done_on for row in self.actions):
			frappe.throw(_("Enter for each action when it was done."), MeasuresOpen)
		elif self.status == "Cancelled" and not self.cancel_reason:
			frappe.throw(_("Enter the reason of the cancellation."), ReasonMissing)

	def check_plan(self) -> None:
		if not self.topics:
			frappe.throw(_("List at least one topic."), InvalidForum)
		if not self.invitations and not self.open_to_all:
			frappe.throw(_("Invite somebody, or leave the forum open to all."), InvalidForum)

	def check_answer(self) -> None:
		if not self.minutes or not self.answer:
			frappe.throw(_("Write the minutes and the answer that residents read."), InvalidForum)

	def count_people(self) -> None:
		self.coming_count = sum(row.reply == "Will Come" for row in self.invitations)
		self.attended_count = sum(bool(row.attended) for row in self.invitations)
