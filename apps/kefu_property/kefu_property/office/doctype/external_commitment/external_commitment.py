import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, today

from kefu_property.office import paper_relations
from kefu_property.office.paper_exceptions import CommitmentOpen, WrongProject

PENDING = "Pending"


class ExternalCommitment(Document):
	"""What we promised an organisation, or it us, until when (D30)."""

	def validate(self) -> None:
		paper_relations.check_organisation(self)
		if self.visit and frappe.get_cached_value("External Visit", self.visit, "organisation") != self.organisation:
			frappe.throw(_("The visit was to another organisation. Choose one of this organisation."), WrongProject)

	@frappe.whitelist(methods=["POST"])
	def close(self, result: str, fulfilled: int | str | bool = 1, done_on: str | None = None) -> None:
		"""Note that the commitment was fulfilled, or dropped, with its result. Raises CommitmentOpen without one or twice."""
		self.check_permission("write")
		if self.status != PENDING:
			frappe.throw(_("This commitment is closed already."), CommitmentOpen)
		if not result.strip():
			frappe.throw(_("Write how the commitment ended."), CommitmentOpen)
		day = getdate(done_on or today())
		if day > getdate(today()):
			frappe.throw(_("The day lies in the future. Correct it."), CommitmentOpen)
		self.result, self.done_on = result.strip(), day
		self.status = "Fulfilled" if int(fulfilled) else "Dropped"
		self.save()
