import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import today

from kefu_property.community.meeting_exceptions import ActionState

IN_PROGRESS, REPORTED, FINISHED = "In Progress", "Reported Done", "Finished"
SUPERVISORS = {"CS Supervisor", "Office Director"}
#: what the minutes say is not changed afterwards
FIXED = ("task", "responsible", "due_date")


class MeetingAction(Document):
	"""Something to do that a meeting decided, followed until somebody else confirms that it is done (D31)."""

	def validate(self) -> None:
		self.title = self.task.strip().split("\n")[0][:120]
		self.check_fixed()
		self.check_report()

	def check_fixed(self) -> None:
		before = self.get_doc_before_save()
		supervisor = SUPERVISORS & set(frappe.get_roles())
		if before and not supervisor and any(str(before.get(field)) != str(self.get(field)) for field in FIXED):
			frappe.throw(_("The supervisor changes what the minutes say. Ask for it."), ActionState)

	def check_report(self) -> None:
		before = self.get_doc_before_save()
		old = before.status if before else IN_PROGRESS
		if self.status == old:
			return
		if self.status == REPORTED:
			if frappe.session.user != self.responsible and not SUPERVISORS & set(frappe.get_roles()):
				frappe.throw(_("Whoever is responsible reports that it is done."), ActionState)
			if not self.result:
				frappe.throw(_("Enter the result first."), ActionState)
			self.reported_on = today()
		elif self.status == FINISHED:
			if frappe.session.user == self.responsible:
				frappe.throw(_("Somebody else confirms what you did."), ActionState)
			self.finished_on = today()
		else:
			self.reported_on = None


def on_doctype_update() -> None:
	frappe.db.add_index("Meeting Action", ["status", "due_date"])
