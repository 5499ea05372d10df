import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from kefu_property.renovation import permits, settings
from kefu_property.renovation.exceptions import PatrolIncomplete
from kefu_property.rules import renovation_rules as rules
from kefu_property.suite import attachments


class RenovationPatrol(Document):
	"""One visit of the works with its checklist and photos; written once, mostly from the phone page (D25)."""

	def before_insert(self) -> None:
		self.patrolled_on = self.patrolled_on or now_datetime()
		self.patrolled_by = frappe.session.user

	def validate(self) -> None:
		self.check_permit()
		self.check_lines()
		attachments.clean_rows(self, "photos", "image")

	def check_permit(self) -> None:
		permit = frappe.get_doc("Renovation Permit", self.permit)
		permits.check_valid(permit, self.patrolled_on)
		self.project, self.unit, self.building = permit.project, permit.unit, permit.building

	def check_lines(self) -> None:
		if not self.lines or any(not row.result for row in self.lines):
			frappe.throw(_("Answer every line of the checklist."), PatrolIncomplete)
		self.result = "Problems" if any(row.result == "Problem" for row in self.lines) else "In Order"
		if self.result == "Problems" and not self.photos:
			frappe.throw(_("A problem needs a photo. Take one."), PatrolIncomplete)

	def after_insert(self) -> None:
		permit = permits.lock(self.permit)
		day = frappe.utils.getdate(self.patrolled_on)
		permit.db_set(
			{
				"last_patrol_on": self.patrolled_on,
				"next_patrol_on": rules.next_patrol(day, settings.number("patrol_days"), permit.end_date),
			}
		)
