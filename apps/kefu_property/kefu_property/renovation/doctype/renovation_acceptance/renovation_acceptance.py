import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, format_date, get_datetime, getdate

from kefu_property.billing import api as billing
from kefu_property.renovation import charges, permits, settings
from kefu_property.renovation.exceptions import AcceptanceIncomplete, WrongHome
from kefu_property.rules import renovation_rules as rules
from kefu_property.rules.money import D
from kefu_property.suite import attachments

STATUS_FOR = {"Completion Check": permits.RUNNING, "Re-check": ("To Be Re-checked",)}


class RenovationAcceptance(Document):
	"""The completion check with its closed-water test, or the re-check after the deposit period (D25, L11)."""

	def validate(self) -> None:
		self.check_permit()
		self.check_lines()
		self.check_water_tests()
		attachments.clean_rows(self, "photos", "image")
		self.checked_by = self.checked_by or frappe.session.user

	def check_permit(self) -> None:
		permit = permits.lock(self.permit)
		if permit.project != self.project:
			frappe.throw(_("The permit {0} belongs to another project.").format(self.permit), WrongHome)
		self.unit = permit.unit
		if permit.status not in STATUS_FOR[self.kind]:
			frappe.throw(
				_("The permit {0} is {1}; a {2} is not due.").format(permit.name, _(permit.status), _(self.kind)),
				AcceptanceIncomplete,
			)
		if getdate(self.checked_on) > getdate():
			frappe.throw(_("The check cannot be in the future. Correct the day."), AcceptanceIncomplete)
		if self.kind == "Re-check" and getdate(self.checked_on) < getdate(permit.recheck_due):
			frappe.throw(
				_("The re-check is due on {0}, not earlier.").format(format_date(permit.recheck_due)),
				AcceptanceIncomplete,
			)
		if self.kind == "Completion Check" and permit.open_violations:
			frappe.throw(
				_("{0} violations are open. Close them before the completion check.").format(permit.open_violations),
				AcceptanceIncomplete,
			)

	def check_lines(self) -> None:
		if not self.lines:
			for text in settings.checks("Acceptance"):
				self.append("lines", {"check_text": text})
		bad = any(row.result == "Problem" for row in self.lines) or any(row.leaks for row in self.water_tests)
		self.result = "Failed" if bad else "Passed"

	def check_water_tests(self) -> None:
		"""Each test lasts as long as the settings say; a permit with wet rooms needs one to pass."""
		hours = settings.number("water_test_hours")
		for row in self.water_tests:
			if not rules.water_test_long_enough(get_datetime(row.started_on), get_datetime(row.ended_on), hours):
				frappe.throw(
					_("The closed-water test of {0} is shorter than {1} hours. Look again later.").format(
						row.room, hours
					),
					AcceptanceIncomplete,
				)
		needed = frappe.db.get_value("Renovation Permit", self.permit, "water_test")
		if needed and self.kind == "Completion Check" and not self.water_tests and self.docstatus.is_submitted():
			frappe.throw(_("These works need a closed-water test. Enter room, begin and end."), AcceptanceIncomplete)

	def before_submit(self) -> None:
		if any(not row.result for row in self.lines):
			frappe.throw(_("Answer every line of the checklist."), AcceptanceIncomplete)

	def on_submit(self) -> None:
		permit = permits.lock(self.permit)
		if self.result == "Failed":
			permit.add_comment("Info", _("{0} failed: {1}").format(_(self.kind), self.name))
		elif self.kind == "Completion Check":
			due = add_days(self.checked_on, settings.number("recheck_days"))
			billing.release_deposits(charges.reference(permit.application), due)
			permit.db_set(
				{
					"status": "To Be Re-checked",
					"completed_on": self.checked_on,
					"recheck_due": due,
					"next_patrol_on": None,
				}
			)
			permits.release_unit(permit)
		else:
			due = D(permit.deposit) > 0
			permit.db_set(
				{
					"status": "Refund Due" if due else "Closed",
					"rechecked_on": self.checked_on,
					"closed_on": None if due else self.checked_on,
				}
			)
