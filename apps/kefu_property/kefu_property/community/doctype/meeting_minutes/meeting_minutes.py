import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from kefu_property.community import meetings
from kefu_property.community.meeting_exceptions import ActionState, MeetingState
from kefu_property.suite.notify import alert


class MeetingMinutes(Document):
	"""Minutes of a meeting, approved by somebody else than the writer; the approval hands out the action items (D31)."""

	def validate(self) -> None:
		self.take_from_meeting()
		self.check_actions()

	def take_from_meeting(self) -> None:
		meeting = frappe.get_doc("Office Meeting", self.meeting)
		if meeting.project != self.project:
			frappe.throw(_("The meeting {0} belongs to another project.").format(self.meeting), MeetingState)
		if meeting.status != meetings.HELD:
			frappe.throw(
				_("Note who came to {0} first: minutes are written of a meeting that took place.").format(
					meeting.subject
				),
				MeetingState,
			)
		self.subject, self.held_on, self.chair = meeting.subject, meeting.starts_on, meeting.chair
		names = {True: [], False: []}
		for row in meeting.attendees:
			names[row.attendance == "Present"].append(row.attendee_name)
		self.present, self.absent = _(", ").join(names[True]), _(", ").join(names[False])

	def check_actions(self) -> None:
		for row in self.actions:
			if getdate(row.due_date) < getdate(self.held_on):
				frappe.throw(
					_("The action item {0} is due before the meeting. Correct the date.").format(row.idx), ActionState
				)

	def on_submit(self) -> None:
		for row in self.actions:
			action = frappe.get_doc(  # lint: allow query-in-loop: a new document, no query
				{
					"doctype": "Meeting Action",
					"project": self.project,
					"task": row.task,
					"responsible": row.responsible,
					"due_date": row.due_date,
					"meeting": self.meeting,
					"minutes": self.name,
				}
			).insert(ignore_permissions=True)  # action items are handed out by approved minutes
			# theirs to do: somebody else confirms it
			action.db_set("owner", row.responsible, update_modified=False)
			alert(
				[row.responsible],
				lambda action=action: _("A meeting gave you something to do: {0}").format(action.title),
				action.doctype,
				action.name,
			)

	def before_cancel(self) -> None:
		if frappe.db.exists("Meeting Action", {"minutes": self.name, "status": ["!=", "In Progress"]}):
			frappe.throw(_("Action items of these minutes were worked on. They cannot be cancelled."), MeetingState)

	def on_cancel(self) -> None:
		frappe.db.delete("Meeting Action", {"minutes": self.name})
