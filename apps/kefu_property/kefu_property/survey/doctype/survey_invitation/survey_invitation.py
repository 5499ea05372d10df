from frappe.model.document import Document

from kefu_property.suite import qr
from kefu_property.survey import links


class SurveyInvitation(Document):
	"""Who is asked; whether they answered, never what. Written by the survey that opens."""

	def qr_code(self) -> str:
		"""The personal link as a picture, for the slip in the mailbox."""
		return qr.data_uri(links.url_of(self.name, via="qr"))
