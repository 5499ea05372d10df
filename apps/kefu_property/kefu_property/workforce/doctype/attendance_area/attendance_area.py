from frappe import _, throw
from frappe.model.document import Document

from kefu_property.rules import geofence
from kefu_property.workforce.exceptions import InvalidArea


class AttendanceArea(Document):
	"""Circle in which people of a project may check in (S6)."""

	def validate(self) -> None:
		if not geofence.is_position(self.latitude, self.longitude) or not (self.latitude or self.longitude):
			throw(_("Latitude and longitude are no place. Take them from a map."), InvalidArea)
		if not 20 <= self.radius <= 5000:
			throw(_("A radius of 20 to 5000 metres is possible."), InvalidArea)
