import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, getdate, now_datetime

from kefu_property.renovation import permits, settings
from kefu_property.renovation.exceptions import ViolationStep, WrongHome
from kefu_property.rules import renovation_rules as rules
from kefu_property.suite import attachments


class RenovationViolation(Document):
	"""A breach of the permit: order to stop, clock to reporting, rectification confirmed by somebody else (L11)."""

	def validate(self) -> None:
		self.check_permit()
		self.check_days()
		self.check_rectification()
		attachments.clean_rows(self, "photos", "image")
		attachments.clean_rows(self, "rectified_photos", "image")

	def check_permit(self) -> None:
		permit = frappe.db.get_value(
			"Renovation Permit", self.permit, ["project", "unit", "building", "status"], as_dict=True
		)
		if permit.project != self.project:
			frappe.throw(_("The permit {0} belongs to another project.").format(self.permit), WrongHome)
		if self.is_new() and permit.status not in permits.OPEN:
			frappe.throw(_("The permit {0} is closed. Nothing can be noted on it.").format(self.permit), ViolationStep)
		self.unit, self.building = permit.unit, permit.building

	def check_days(self) -> None:
		# the form shows minutes and takes anything finer for a change
		self.found_on = get_datetime(self.found_on).replace(second=0, microsecond=0)
		if get_datetime(self.found_on) > now_datetime():
			frappe.throw(_("A violation cannot be found in the future. Correct the time."), ViolationStep)
		if getdate(self.rectify_by) < getdate(self.found_on):
			frappe.throw(_("The day to rectify by is before the violation was found."), ViolationStep)
		if self.is_new() or self.has_value_changed("found_on"):
			self.report_due = rules.report_due(get_datetime(self.found_on), settings.number("report_hours"))

	def check_rectification(self) -> None:
		if self.status == "To Be Rectified":
			self.rectified_on = None
		elif not (self.rectification or "").strip() or not self.rectified_photos:
			frappe.throw(
				_("Write what was done and attach a photo taken afterwards before you report the rectification."),
				ViolationStep,
			)
		elif not self.rectified_on:
			self.rectified_on = now_datetime()

	def on_update(self) -> None:
		permits.follow_violations(self.permit)

	def on_trash(self) -> None:
		if self.order_served_on or self.reported_on or self.status != "To Be Rectified":
			frappe.throw(_("A violation that was served or reported is not deleted."), ViolationStep)

	def after_delete(self) -> None:
		permits.follow_violations(self.permit)

	@frappe.whitelist(methods=["POST"])
	def serve_order(self, served_to: str) -> None:
		"""Note that the printed order was handed to somebody on the site."""
		self.check_permission("write")
		if self.order_served_on:
			frappe.throw(
				_("The order was served on {0} already.").format(self.get_formatted("order_served_on")), ViolationStep
			)
		if not served_to.strip():
			frappe.throw(_("Enter who took the order."), ViolationStep)
		self.db_set({"order_served_on": now_datetime(), "order_served_to": served_to.strip()})
		self.add_comment("Info", _("Order served to {0}").format(served_to))

	@frappe.whitelist(methods=["POST"])
	def report_to_authority(self, authority: str, reference: str = "") -> None:
		"""Note that the violation was reported to the authority in charge (L11)."""
		self.check_permission("write")
		if self.reported_on:
			frappe.throw(_("It was reported on {0} already.").format(self.get_formatted("reported_on")), ViolationStep)
		if not authority.strip():
			frappe.throw(_("Enter the authority that took the report."), ViolationStep)
		self.db_set(
			{
				"reported_on": now_datetime(),
				"reported_to": authority.strip(),
				"report_reference": reference.strip() or None,
			}
		)
		self.add_comment("Info", _("Reported to {0}").format(authority))

	def is_report_overdue(self) -> bool:
		return self.status != "Closed" and not self.reported_on and get_datetime(self.report_due) < now_datetime()
