import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.service_desk.departments import works_for
from kefu_property.service_desk.exceptions import InvalidStandard, NotOfProject


class ServiceDepartment(Document):
	"""A department of one project and the people in it who take cases."""

	def validate(self) -> None:
		self.check_people()
		self.check_single_default()

	def check_people(self) -> None:
		users = [row.user for row in self.members]
		twice = {user for user in users if users.count(user) > 1}
		if twice:
			frappe.throw(_("{0} is entered twice.").format(_(", ").join(sorted(twice))), InvalidStandard)
		for user in [*users, self.lead]:
			if user and not works_for(user, self.project):
				frappe.throw(
					_("{0} does not work for project {1}. Assign them to the project first.").format(
						user, self.project
					),
					NotOfProject,
				)

	def check_single_default(self) -> None:
		if not self.is_default:
			return
		other = frappe.db.get_value(
			"Service Department", {"project": self.project, "is_default": 1, "disabled": 0, "name": ["!=", self.name]}
		)
		if other:
			frappe.throw(
				_("{0} takes what nobody else takes already. Only one department of a project does.").format(other),
				InvalidStandard,
			)
