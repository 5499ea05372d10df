from datetime import datetime, time

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from kefu_property.inspection import planning
from kefu_property.inspection.exceptions import CheckIncomplete, PlanInvalid, TaskNotOpen, WrongProject


class InspectionTask(Document):
	"""One check of one facility on one day, answered on the page Inspection Round (D5)."""

	def validate(self) -> None:
		self.copy_facility()
		self.check_template()
		self.check_status()

	def on_update(self) -> None:
		if self.is_new() or self.has_value_changed("status"):
			planning.note_next_checks({self.facility})

	def after_insert(self) -> None:
		planning.note_next_checks({self.facility})

	def on_trash(self) -> None:
		if self.status == "Done":
			frappe.throw(_("A check that was made is kept."), TaskNotOpen)

	def copy_facility(self) -> None:
		facility = frappe.db.get_value(
			"Facility", self.facility, ["project", "facility_name", "location", "building", "kind"], as_dict=True
		)
		if facility.project != self.project:
			frappe.throw(_("{0} belongs to another project.").format(self.facility), WrongProject)
		self.facility_name, self.location = facility.facility_name, facility.location
		self.building, self.kind = facility.building, facility.kind

	def check_template(self) -> None:
		template = frappe.db.get_value("Inspection Template", self.template, ["kind", "purpose"], as_dict=True)
		if template.kind != self.kind:
			frappe.throw(_("The template {0} is for other facilities.").format(_(self.template)), PlanInvalid)
		self.purpose = template.purpose
		if not self.due_on:
			self.due_on = datetime.combine(getdate(self.scheduled_for), time(23, 59, 59))

	def check_status(self) -> None:
		before = self.get_doc_before_save()
		changed = self.status != (before.status if before else "Planned")
		if changed and not (self.flags.from_round or self.flags.skipping):
			frappe.throw(_("Answer the check sheet on the page Inspection Round."), CheckIncomplete)
		if before and before.status == "Done":
			frappe.throw(_("A check that was made does not change any more."), TaskNotOpen)

	@frappe.whitelist(methods=["POST"])
	def skip(self, reason: str) -> None:
		"""Leave a check out, with the reason; the supervisor decides. Raises TaskNotOpen, CheckIncomplete without a reason."""
		frappe.only_for(("CS Supervisor", "Engineering Lead", "Order and Cleaning Lead", "Office Director"))
		self.check_permission("write")
		if self.status not in ("Planned", "Missed Check"):
			frappe.throw(_("Only a check that was not made can be skipped."), TaskNotOpen)
		if not (reason or "").strip():
			frappe.throw(_("Give the reason."), CheckIncomplete)
		self.flags.skipping = True
		self.update({"status": "Skipped", "skip_reason": reason.strip()[:500]})
		self.save()

	def template_doc(self):
		return frappe.get_cached_doc("Inspection Template", self.template)


def on_doctype_update() -> None:
	frappe.db.add_index("Inspection Task", ["project", "status", "scheduled_for"])
	frappe.db.add_index("Inspection Task", ["facility", "status", "scheduled_for"])
	frappe.db.add_index("Inspection Task", ["status", "due_on"])
