import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.dormitory.exceptions import RoomInUse


class DormitoryBuilding(Document):
	"""A building with beds for staff, its charges and visiting hours (D17)."""

	def validate(self) -> None:
		self.check_gender()

	def check_gender(self) -> None:
		"""A building for one gender has no room for the other one."""
		if self.gender == "By Room" or self.is_new():
			return
		other = frappe.db.get_value("Dormitory Room", {"building": self.name, "gender": ["!=", self.gender]})
		if other:
			frappe.throw(_("The room {0} has another gender rule. Change it first.").format(other), RoomInUse)
