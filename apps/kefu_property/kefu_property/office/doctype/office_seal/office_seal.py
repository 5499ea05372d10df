from frappe.model.document import Document

from kefu_property.suite import uploads


class OfficeSeal(Document):
	"""A seal of the office and who keeps it (D9)."""

	def validate(self) -> None:
		uploads.check_image_field(self, "sample")
