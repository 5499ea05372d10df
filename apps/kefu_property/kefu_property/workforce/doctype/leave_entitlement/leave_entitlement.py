from frappe.model.document import Document

from kefu_property.workforce import people


class LeaveEntitlement(Document):
	"""Days of a kind of leave that somebody has in a year; one row per person, kind and year (D29)."""

	def validate(self) -> None:
		people.take_project(self)
		self.entitlement_key = f"{self.staff}|{self.leave_kind}|{self.year}"
