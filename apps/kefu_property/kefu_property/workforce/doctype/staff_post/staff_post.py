import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.workforce import people
from kefu_property.workforce.exceptions import InUse


class StaffPost(Document):
	"""A post: duties, rank, whom it reports to, and how many places each project has (D29)."""

	def validate(self) -> None:
		people.check_circle(self, "manager_post")
		projects = [row.project for row in self.places]
		twice = next((project for project in projects if projects.count(project) > 1), None)
		if twice:
			frappe.throw(_("The project {0} stands twice among the places. Keep one row.").format(twice), InUse)
