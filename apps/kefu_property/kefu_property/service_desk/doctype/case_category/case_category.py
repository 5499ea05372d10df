import frappe
from frappe import _
from frappe.utils.nestedset import NestedSet

from kefu_property.service_desk.exceptions import WrongCategory


class CaseCategory(NestedSet):
	"""The tree in which cases are sorted: place, category, problem; with what follows from it."""

	nsm_parent_field = "parent_case_category"

	def validate(self) -> None:
		parent = self.parent_case_category
		if parent and not frappe.db.get_value("Case Category", parent, "is_group"):
			frappe.throw(_("{0} is no group. Choose a group as the parent.").format(_(parent)), WrongCategory)
