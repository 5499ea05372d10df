import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.handover.exceptions import WrongPlace


class HandoverContractor(Document):
	"""A contractor of the developer, who answers for defects of some kinds, or the developer itself (L12)."""

	def validate(self) -> None:
		self.contractor_name = (self.contractor_name or "").strip()
		if frappe.db.exists(
			"Handover Contractor",
			{"project": self.project, "contractor_name": self.contractor_name, "name": ["!=", self.name or ""]},
		):
			frappe.throw(_("{0} is entered already. Change that entry.").format(self.contractor_name), WrongPlace)
