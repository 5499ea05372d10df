import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.dormitory import beds
from kefu_property.dormitory.exceptions import RoomFull, RoomInUse, WrongRoom


class DormitoryRoom(Document):
	"""A room: how many beds, for whom, and what belongs to it (D17)."""

	def validate(self) -> None:
		self.check_building()
		self.check_capacity()
		self.check_people()

	def check_building(self) -> None:
		building = frappe.db.get_value("Dormitory Building", self.building, ["project", "gender"], as_dict=True)
		self.project = building.project
		if building.gender != "By Room" and self.gender != building.gender:
			frappe.throw(
				_("The building is for {0}. Choose the same for the room.").format(_(building.gender)), WrongRoom
			)

	def check_capacity(self) -> None:
		if self.capacity < 1:
			frappe.throw(_("A room has at least one place."), RoomFull)
		if not self.is_new() and frappe.db.count("Dormitory Bed", {"room": self.name}) > self.capacity:
			frappe.throw(_("The room has more beds than that. Delete beds first."), RoomFull)

	def check_people(self) -> None:
		"""The gender rule changes only in an empty room."""
		if not self.has_value_changed("gender") or self.is_new():
			return
		if frappe.db.exists("Dormitory Bed", {"room": self.name, "status": ["in", [beds.TAKEN, beds.RESERVED]]}):
			frappe.throw(
				_("People live in {0}, or a bed is reserved. The gender rule cannot change now.").format(self.name),
				RoomInUse,
			)

	@frappe.whitelist(methods=["POST"])
	def make_beds(self) -> int:
		"""Add beds until the room has as many as its capacity. Returns how many were added."""
		self.check_permission("write")
		have = set(frappe.get_all("Dormitory Bed", filters={"room": self.name}, pluck="bed_code"))
		codes = [str(number) for number in range(1, self.capacity + 1) if str(number) not in have]
		new = codes[: max(0, self.capacity - len(have))]
		for code in new:
			frappe.get_doc(  # lint: allow query-in-loop: a handful of new beds
				{"doctype": "Dormitory Bed", "room": self.name, "bed_code": code}
			).insert()
		return len(new)
