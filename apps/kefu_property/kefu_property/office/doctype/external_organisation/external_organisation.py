from frappe.model.document import Document

from kefu_property.office import paper_relations


class ExternalOrganisation(Document):
	"""Authority, utility or other organisation that the office deals with, and its contacts (D30)."""

	def validate(self) -> None:
		self.next_visit = paper_relations.next_visit(self.last_visit, self.visit_days)
