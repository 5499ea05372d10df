import frappe
from frappe import _
from frappe.model.document import Document


class ReaderGroup(Document):
	"""People who get papers together: a department, a committee (D9)."""

	def validate(self) -> None:
		users = [row.user for row in self.members]
		if len(users) != len(set(users)):
			frappe.throw(_("A member stands twice in the group. Remove one line."), frappe.DuplicateEntryError)
