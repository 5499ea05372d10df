import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.keys import movements
from kefu_property.keys.doctype.property_key.property_key import check_same_project
from kefu_property.keys.exceptions import NothingToHandOver

OUT, BACK = "To the Resident", "Back from the Resident"


class KeyHandover(Document):
	"""Receipt for keys that a resident gets for good, at move-in, or gives back (D14, D19, D24)."""

	def validate(self) -> None:
		check_same_project(self, ("unit", "Property Unit"), ("resident", "Resident"))
		keys = movements.check_items(self)
		for row in self.items:
			row.key_code, row.key_name = keys[row.property_key].key_code, keys[row.property_key].key_name
		strangers = [key.key_code for key in keys.values() if key.unit != self.unit]
		if strangers:
			frappe.throw(
				_("{0} are not keys of {1}. Hand over only keys of this home.").format(
					_(", ").join(strangers), self.unit
				),
				NothingToHandOver,
			)

	def before_submit(self) -> None:
		if self.direction == OUT:
			movements.check_identity(self)
		keys = movements.lock(row.property_key for row in self.items)
		movements.need_status(keys.values(), movements.IN_CABINET if self.direction == OUT else movements.HANDED_OVER)
		self.handed_by = frappe.session.user

	def on_submit(self) -> None:
		self.move(out=self.direction == OUT)

	def before_cancel(self) -> None:
		keys = movements.lock(row.property_key for row in self.items)
		movements.need_status(keys.values(), movements.HANDED_OVER if self.direction == OUT else movements.IN_CABINET)

	def on_cancel(self) -> None:
		self.move(out=self.direction != OUT)

	def move(self, out: bool) -> None:
		names = [row.property_key for row in self.items]
		if out:
			movements.move(names, movements.HANDED_OVER, holder=self.resident_name)
		else:
			movements.move(names, movements.IN_CABINET)
