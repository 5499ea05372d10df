import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.community.exceptions import MaterialNotUsable
from kefu_property.suite import attachments


class PublicityMaterial(Document):
	"""A picture, poster or text of the material library, with the right to use it (D4)."""

	def validate(self) -> None:
		if not (self.file or self.link or self.text):
			frappe.throw(_("Attach a file, or enter a link or a text."), MaterialNotUsable)
		before = self.get_doc_before_save()
		if self.file and (not before or before.file != self.file):
			self.file = attachments.keep(self.file, self.doctype, self.name, pdf=True)
