import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.dormitory import beds
from kefu_property.dormitory.exceptions import RoomFull, RoomInUse

#: columns that only the papers of check-in, transfer and check-out move
MOVED = ("status", "occupant", "stay", "reserved_for", "application", "repair_reason")


class DormitoryBed(Document):
	"""A bed and who has it (D17)."""

	def validate(self) -> None:
		self.keep_status()
		self.check_room()

	def keep_status(self) -> None:
		before = self.get_doc_before_save() or frappe._dict(status=beds.FREE)
		for fieldname in MOVED:
			self.set(fieldname, before.get(fieldname))

	def check_room(self) -> None:
		room = frappe.db.get_value(
			"Dormitory Room", self.room, ["project", "building", "capacity", "room_code"], as_dict=True
		)
		self.project, self.building = room.project, room.building
		self.title = f"{room.room_code}-{self.bed_code}"
		others = frappe.db.count("Dormitory Bed", {"room": self.room, "name": ["!=", self.name or ""]})
		if self.is_new() and others >= room.capacity:
			frappe.throw(_("The room {0} has {1} beds already.").format(self.room, others), RoomFull)

	def on_trash(self) -> None:
		if beds.lock(self.name).status in (beds.TAKEN, beds.RESERVED):
			frappe.throw(_("The bed {0} is in use and cannot be deleted.").format(self.name), RoomInUse)

	@frappe.whitelist(methods=["POST"])
	def set_repair(self, reason: str = "") -> None:
		"""Take a free bed out of use with a reason, or back into use without one. Raises BedNotFree."""
		self.check_permission("write")
		beds.set_repair(self.name, reason.strip() or None)
