from frappe.model.document import Document

from kefu_property.workforce import people


class StaffDepartment(Document):
	"""Department of a project's office; departments stand below one another without circles (D29)."""

	def validate(self) -> None:
		people.check_same_project(self, ("parent_department", "Staff Department"), ("head", "Staff Member"))
		people.check_circle(self, "parent_department")
