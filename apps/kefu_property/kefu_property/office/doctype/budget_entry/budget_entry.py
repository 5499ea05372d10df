import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.office.exceptions_desk import InvalidAmount


class BudgetEntry(Document):
	"""One step of a budget item, written by the system; entries are only added (S1)."""

	def validate(self) -> None:
		if not self.is_new():
			frappe.throw(_("Budget entries are not changed; they are reversed."), InvalidAmount)

	def on_trash(self) -> None:
		frappe.throw(_("Budget entries are not deleted; they are reversed."), InvalidAmount)


def on_doctype_update() -> None:
	frappe.db.add_index("Budget Entry", ["project", "year", "budget_item"], "project_year_item")
	frappe.db.add_index("Budget Entry", ["reference_doctype", "reference_name"], "reference")
