import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, getdate, today

from kefu_property.community import fees, registrations, settings
from kefu_property.community.exceptions import (
	ActivityNotReady,
	ActivityPlan,
	QuotaBelowRegistered,
	SafetyNotSigned,
)
from kefu_property.rules.money import D, sum_money
from kefu_property.suite import attachments, qr

COUNTERS = ("registered_count", "waiting_count", "attended_count", "income_total")


class CommunityActivity(Document):
	"""An activity for the residents: plan, approval, registration, the day itself, cost and review (D16)."""

	def before_insert(self) -> None:
		self.code = frappe.generate_hash(length=10).upper()

	def validate(self) -> None:
		self.check_times()
		self.check_registration()
		fees.need_billing(self.fee)
		self.sum_costs()
		self.budget_total = sum_money(row.planned for row in self.costs)
		self.needs_director = int(D(self.budget_total) >= settings.amount("director_budget") > 0)
		attachments.clean_rows(self, "photos", "image")

	def check_times(self) -> None:
		if get_datetime(self.ends_on) <= get_datetime(self.starts_on):
			frappe.throw(_("The activity ends before it starts. Correct the times."), ActivityPlan)

	def check_registration(self) -> None:
		until = get_datetime(self.registration_until or self.starts_on)
		if until > get_datetime(self.ends_on):
			frappe.throw(_("Registration ends after the activity. Correct the times."), ActivityPlan)
		if self.registration_from and get_datetime(self.registration_from) >= until:
			frappe.throw(_("Registration ends before it begins. Correct the times."), ActivityPlan)
		if self.quota and self.max_people and self.max_people > self.quota:
			frappe.throw(_("One registration cannot be for more people than there are places."), ActivityPlan)

	def sum_costs(self) -> None:
		self.actual_total = sum_money(row.actual for row in self.costs)

	def before_update_after_submit(self) -> None:
		before = self.get_doc_before_save()
		# the counters belong to the registrations, which may have changed since this form was opened
		counters = registrations.lock(self.name)
		for field in COUNTERS:
			self.set(field, counters[field])
		self.sum_costs()
		attachments.clean_rows(self, "photos", "image")
		if self.quota and self.quota < self.registered_count:
			frappe.throw(_("{0} places are given away already.").format(self.registered_count), QuotaBelowRegistered)
		if before.workflow_state != self.workflow_state:
			self.check_step(self.workflow_state)

	def check_step(self, state: str) -> None:
		if state == "Under Way":
			self.check_start()
		elif state == "Completed":
			self.check_finish()

	def check_start(self) -> None:
		"""Nothing starts before its day, nor with a risk that nobody has signed for (D6)."""
		if getdate(self.starts_on) > getdate(today()):
			frappe.throw(_("The activity starts on {0}.").format(self.get_formatted("starts_on")), ActivityNotReady)
		if self.risk != "None" and not self.signed_sheet():
			frappe.throw(
				_("This activity has the risk {0}. Have its safety sheet signed off before it starts.").format(
					_(self.risk)
				),
				SafetyNotSigned,
			)

	def check_finish(self) -> None:
		if not (self.review or "").strip():
			frappe.throw(_("Write the review before you finish the activity."), ActivityNotReady)
		if D(self.actual_total) > D(self.budget_total) and not (self.overrun_reason or "").strip():
			frappe.throw(_("The cost exceeds the budget. Write the reason."), ActivityNotReady)
		if self.risk != "None" and not frappe.db.exists(
			"Event Safety Sheet", {"activity": self.name, "workflow_state": "Closed"}
		):
			frappe.throw(_("Close the safety sheet of this activity first."), ActivityNotReady)

	def on_update_after_submit(self) -> None:
		before = self.get_doc_before_save()
		if before.quota != self.quota:
			registrations.move_up(self.name)

	def before_cancel(self) -> None:
		if self.attended_count:
			frappe.throw(_("People were present. Finish the activity instead."), ActivityNotReady)
		if not (self.cancel_reason or "").strip():
			frappe.throw(_("Write the reason of the cancellation and save, then cancel."), ActivityNotReady)

	def on_cancel(self) -> None:
		registrations.cancel_all(self, self.cancel_reason)

	def signed_sheet(self) -> str | None:
		return frappe.db.get_value(
			"Event Safety Sheet", {"activity": self.name, "workflow_state": ["in", ["Signed Off", "Closed"]]}
		)

	def participants(self) -> list[dict]:
		"""Registrations with a place, for the attendance sheet."""
		return frappe.get_all(
			"Activity Registration",
			filters={"activity": self.name, "status": "Has a Place"},
			fields=["resident_name", "unit", "people", "remark", "checked_in_on", "checked_in_people"],
			order_by="unit, registered_on",
		)

	def qr(self) -> str:
		return qr.data_uri(frappe.utils.get_url(f"/portal/activities/{self.name}"), scale=4)

	@frappe.whitelist(methods=["POST"])
	def make_safety_sheet(self) -> str:
		"""The safety sheet of this activity, made with the office's checks when there is none; returns its name."""
		self.check_permission("read")
		found = frappe.db.get_value("Event Safety Sheet", {"activity": self.name})
		if found:
			return found
		return (
			frappe.get_doc(
				{
					"doctype": "Event Safety Sheet",
					"project": self.project,
					"activity": self.name,
					"event_title": self.title,
					"organiser": frappe.utils.get_fullname(self.organiser) if self.organiser else None,
					"venue": self.venue,
					"risk": self.risk if self.risk != "None" else "Low",
					"starts_on": self.starts_on,
					"ends_on": self.ends_on,
					"expected_people": self.expected_people or self.quota or 0,
				}
			)
			.insert()
			.name
		)
