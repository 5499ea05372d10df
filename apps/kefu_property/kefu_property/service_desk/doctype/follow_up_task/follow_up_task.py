import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.service_desk import departments, follow_up
from kefu_property.service_desk.exceptions import FollowUpRefused, NotOfProject


class FollowUpTask(Document):
	"""A call to an owner whose case was finished (D10)."""

	def validate(self) -> None:
		if self.is_new():
			self.take_case()
		if self.assigned_to and self.has_value_changed("assigned_to"):
			self.check_caller()

	def take_case(self) -> None:
		case = frappe.get_doc(self.case_doctype, self.case_name)
		if case.status not in follow_up.FINISHED:
			frappe.throw(_("{0} is not finished. Call the owner afterwards.").format(case.name), FollowUpRefused)
		self.project = case.project
		self.update({target: case.get(source) for source, target in follow_up.FIELDS.items()})
		self.round_key = follow_up.key_of(self.case_doctype, case)
		if frappe.db.exists("Follow Up Task", {"round_key": self.round_key}):
			frappe.throw(_("The owner is being called about {0} already.").format(case.name), FollowUpRefused)

	def check_caller(self) -> None:
		if not departments.works_for(self.assigned_to, self.project):
			frappe.throw(
				_("{0} does not work for project {1}. Choose somebody who is assigned to it.").format(
					frappe.utils.get_fullname(self.assigned_to), self.project
				),
				NotOfProject,
			)


def on_doctype_update() -> None:
	frappe.db.add_index("Follow Up Task", ["project", "status", "due_on"])
	frappe.db.add_index("Follow Up Task", ["case_doctype", "case_name"])
