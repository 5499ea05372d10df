import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.handover.exceptions import WrongPlace
from kefu_property.rules import handover_rules as rules
from kefu_property.suite import uploads


class HomeLayout(Document):
	"""The rooms and the floor plan of homes of one layout; defects are marked on the plan (D24)."""

	def validate(self) -> None:
		self.layout = (self.layout or "").strip()
		if frappe.db.exists(
			"Home Layout", {"project": self.project, "layout": self.layout, "name": ["!=", self.name or ""]}
		):
			frappe.throw(_("The layout {0} is entered already. Change that entry.").format(self.layout), WrongPlace)
		if not rules.unique_rooms((row.room_name, row.room_kind) for row in self.rooms):
			frappe.throw(_("Two rooms have one name. Number them, such as Bedroom 1 and Bedroom 2."), WrongPlace)
		uploads.check_image_field(self, "plan")
