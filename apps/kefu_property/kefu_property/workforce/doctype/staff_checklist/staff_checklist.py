import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from kefu_property.workforce import actions, api, people
from kefu_property.workforce.exceptions import LeavingBlocked, TasksOpen


class StaffChecklist(Document):
	"""Tasks at the beginning and the end of somebody's work (D29).

	A leaving is completed when all tasks are done and no module reports something that is still with the person.
	"""

	def validate(self) -> None:
		people.take_project(self)
		if self.is_new() and not self.items:
			for row in frappe.get_cached_doc("Workforce Settings").tasks:
				if row.kind == self.kind:
					self.append("items", {"task": row.task, "responsible": row.responsible})
		self.sign_tasks()

	def sign_tasks(self) -> None:
		for row in self.items:
			if row.done and not row.done_by:
				row.done_by, row.done_on = frappe.session.user, now_datetime()
			elif not row.done:
				row.done_by = row.done_on = None

	@frappe.whitelist()
	def module_checks(self) -> list[dict]:
		"""What the modules report about the person: rows `label`, `status`, `detail`."""
		self.check_permission("read")
		return api.leaving_checks(self.staff)

	@frappe.whitelist(methods=["POST"])
	def complete(self) -> dict:
		"""Close the checklist; a leaving takes effect then. Raises TasksOpen, LeavingBlocked with what is in the way."""
		self.check_permission("write")
		open_tasks = [row.task for row in self.items if not row.done]
		if open_tasks:
			frappe.throw(_("These tasks are open: {0}").format(_(", ").join(_(task) for task in open_tasks)), TasksOpen)
		if self.kind == "Departure":
			people.lock(self.staff)
			blocked = [row for row in api.leaving_checks(self.staff) if row["status"] == "blocked"]
			if blocked:
				frappe.throw(
					_("{0} cannot leave yet. {1}").format(
						self.staff_name, " ".join(f"{row['label']}: {row['detail']}" for row in blocked)
					),
					LeavingBlocked,
				)
		self.status, self.completed_on = "Done", now_datetime()
		self.save()
		if self.personnel_action and self.kind == "Departure":
			actions.apply(frappe.get_doc("Personnel Action", self.personnel_action))
		return {"status": self.status}
