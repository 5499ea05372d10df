import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, today

from kefu_property.inspection import upkeep
from kefu_property.inspection.exceptions import MaintenanceIncomplete, WrongProject
from kefu_property.rules.money import D, sum_money
from kefu_property.suite import attachments


class FacilityMaintenance(Document):
	"""Maintenance or repair of a facility: planned, reported with its cost, accepted by somebody else (D5)."""

	def validate(self) -> None:
		self.check_facility()
		self.check_cost()
		self.check_report()
		attachments.clean_rows(self, "photos", "image")

	def on_update(self) -> None:
		if self.status == "Work Accepted":
			upkeep.note_cost(self.facility)

	def on_trash(self) -> None:
		if self.status == "Work Accepted":
			frappe.throw(_("Accepted maintenance is kept."), MaintenanceIncomplete)

	def check_facility(self) -> None:
		facility = frappe.db.get_value("Facility", self.facility, ["project", "facility_name"], as_dict=True)
		if facility.project != self.project:
			frappe.throw(_("{0} belongs to another project.").format(self.facility), WrongProject)
		self.facility_name = facility.facility_name

	def check_cost(self) -> None:
		labour, parts = D(str(self.labour_cost or 0)), D(str(self.parts_cost or 0))
		if labour < 0 or parts < 0:
			frappe.throw(_("The cost cannot be negative."), MaintenanceIncomplete)
		self.cost = sum_money([labour, parts])

	def check_report(self) -> None:
		before = self.get_doc_before_save()
		if before and before.status == "Work Accepted":
			frappe.throw(_("Accepted maintenance does not change any more."), MaintenanceIncomplete)
		if self.status not in ("Work Reported", "Work Accepted"):
			return
		if not self.done_on:
			frappe.throw(_("Enter the day on which the work was done."), MaintenanceIncomplete)
		if getdate(self.done_on) > getdate(today()):
			frappe.throw(_("The work cannot be done in the future."), MaintenanceIncomplete)
		self.done_by = self.done_by or frappe.session.user


def on_doctype_update() -> None:
	frappe.db.add_index("Facility Maintenance", ["project", "status", "planned_on"])
