import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.workforce.exceptions import InUse


class DutyPunch(Document):
	"""A check-in or check-out; rows are only added (S6)."""

	def validate(self) -> None:
		if not self.is_new():
			frappe.throw(_("Check-ins are not changed. Make a correction instead."), InUse)

	def on_trash(self) -> None:
		if self.source != "Correction" or not self.flags.correction_cancelled:
			frappe.throw(_("Check-ins are not deleted."), InUse)


def on_doctype_update() -> None:
	frappe.db.add_index("Duty Punch", ["staff", "duty_date"])
	frappe.db.add_index("Duty Punch", ["project", "duty_date"])
