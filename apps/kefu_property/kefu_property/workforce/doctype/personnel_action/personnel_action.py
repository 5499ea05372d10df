import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, today

from kefu_property.workforce import actions, people
from kefu_property.workforce.exceptions import ActionInEffect, ActionNotPossible, ActionOpen, CircularHierarchy


class PersonnelAction(Document):
	"""Hire, confirmation, transfer, promotion, suspension, return, leaving: approved, then written into the file (D29)."""

	def validate(self) -> None:
		people.take_project(self)
		self.remember_present()
		self.clear_what_does_not_belong()
		self.check_possible()
		self.check_change()
		self.check_other_open()

	def remember_present(self) -> None:
		"""What holds now, for the paper and for the approver."""
		if not self.docstatus.is_draft():
			return
		file = frappe.db.get_value(
			"Staff Member", self.staff, ["project", "department", "post", "rank", "manager", "status"], as_dict=True
		)
		for field, value in file.items():
			self.set(f"from_{field}", value)

	def clear_what_does_not_belong(self) -> None:
		if self.action_kind not in ("Hire", "Post Transfer", "Promotion"):
			for field in actions.PLACES:
				self.set(f"to_{field}", None)
		if self.action_kind != "Post Transfer":
			self.to_project = None
		if self.action_kind != "Departure":
			self.leaving_kind = None
		if self.action_kind != "Hire":
			self.probation_until = None

	def check_possible(self) -> None:
		if self.docstatus.is_draft() and self.from_status not in actions.STEPS[self.action_kind][0]:
			frappe.throw(
				_("{0} has the status {1}. The action {2} is not possible.").format(
					self.staff_name, _(self.from_status), _(self.action_kind)
				),
				ActionNotPossible,
			)
		if self.action_kind == "Departure" and not self.leaving_kind:
			frappe.throw(_("Choose the kind of leaving."), ActionNotPossible)

	def check_change(self) -> None:
		"""A transfer or promotion changes something; nobody becomes his own manager; the department is of the new project."""
		if self.to_manager == self.staff:
			frappe.throw(_("{0} cannot be the own manager.").format(self.staff_name), CircularHierarchy)
		project = self.to_project or self.project
		if self.to_department and frappe.db.get_value("Staff Department", self.to_department, "project") != project:
			frappe.throw(
				_("The department {0} does not belong to {1}.").format(self.to_department, project), ActionNotPossible
			)
		if self.action_kind not in ("Post Transfer", "Promotion"):
			return
		fields = (*actions.PLACES, "project")
		if all(not self.get(f"to_{field}") or self.get(f"to_{field}") == self.get(f"from_{field}") for field in fields):
			frappe.throw(_("Nothing changes. Enter the new post, rank, department or manager."), ActionNotPossible)

	def check_other_open(self) -> None:
		if not self.docstatus.is_draft():
			return
		other = frappe.db.get_value(
			"Personnel Action",
			{"staff": self.staff, "docstatus": ["<", 2], "applied": 0, "name": ["!=", self.name or ""]},
		)
		if other:
			frappe.throw(
				_("{0} has the open action {1}. Finish or cancel it first.").format(self.staff_name, other), ActionOpen
			)

	def before_submit(self) -> None:
		people.check_not_own(self)
		self.check_circle()

	def check_circle(self) -> None:
		if self.to_manager:
			file = frappe.get_doc("Staff Member", self.staff)
			file.manager = self.to_manager
			people.check_circle(file, "manager")

	def on_submit(self) -> None:
		actions.make_checklist(self)
		if self.action_kind != "Departure" and getdate(self.effective_on) <= getdate(today()):
			actions.apply(self)

	def before_cancel(self) -> None:
		if self.applied:
			frappe.throw(_("{0} is in effect. Make another action that undoes it.").format(self.name), ActionInEffect)

	def on_cancel(self) -> None:
		frappe.db.delete("Staff Checklist Item", {"parenttype": "Staff Checklist", "parent": ["in", self.checklists()]})
		frappe.db.delete("Staff Checklist", {"name": ["in", self.checklists()]})

	def checklists(self) -> list[str]:
		return frappe.get_all("Staff Checklist", filters={"personnel_action": self.name}, pluck="name") or [""]
