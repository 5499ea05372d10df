import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, today

from kefu_property.office import paper_relations
from kefu_property.office.paper_exceptions import WrongDates, WrongProject


class ExternalVisit(Document):
	"""Log of contacts with external organisations (D30)."""

	def validate(self) -> None:
		paper_relations.check_organisation(self)
		if getdate(self.held_on) > getdate(today()):
			frappe.throw(_("The visit lies in the future. Put it into the plan instead."), WrongDates)
		if self.plan and frappe.get_cached_value("Relations Plan", self.plan, "project") != self.project:
			frappe.throw(_("The plan is of another project. Choose one of this project."), WrongProject)

	def on_update(self) -> None:
		paper_relations.note_visit(self.organisation)
		before = self.get_doc_before_save()
		if before and before.organisation != self.organisation:
			paper_relations.note_visit(before.organisation)

	def after_delete(self) -> None:
		paper_relations.note_visit(self.organisation)
