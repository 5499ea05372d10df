import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, getdate, now_datetime

from kefu_property.inspection import rounds, upkeep
from kefu_property.inspection.exceptions import RectificationIncomplete, VerifiedByMender, WrongProject
from kefu_property.rules.money import D
from kefu_property.suite import attachments
from kefu_property.suite.notify import alert


class Rectification(Document):
	"""A defect from its finding to the verification by somebody who did not mend it (D5)."""

	def validate(self) -> None:
		self.copy_facility()
		self.check_days()
		self.check_report()
		self.check_verification()
		attachments.clean_rows(self, "photos", "image")
		attachments.clean_rows(self, "rectified_photos", "image")

	def before_insert(self) -> None:
		self.found_by = frappe.session.user

	def after_insert(self) -> None:
		# who found a defect may verify it; who mended or reported it may not
		self.db_set("owner", "Administrator", update_modified=False)
		self.tell_responsible()

	def on_update(self) -> None:
		if self.get_doc_before_save() and self.has_value_changed("responsible"):
			self.tell_responsible()
		count_open(self.facility)
		if self.status == "Closed":
			upkeep.note_cost(self.facility)

	def on_trash(self) -> None:
		frappe.throw(_("A defect is kept. Verify it, or report that nothing was found."), RectificationIncomplete)

	def copy_facility(self) -> None:
		facility = frappe.db.get_value(
			"Facility", self.facility, ["project", "facility_name", "location", "building", "responsible"], as_dict=True
		)
		if facility.project != self.project:
			frappe.throw(_("{0} belongs to another project.").format(self.facility), WrongProject)
		self.facility_name, self.location, self.building = (
			facility.facility_name,
			facility.location,
			facility.building,
		)
		if self.is_new():
			self.responsible = self.responsible or facility.responsible
			self.repeated = rounds.count_before(self.facility, self.item_text, self.found_on, self.name)

	def check_days(self) -> None:
		if get_datetime(self.found_on) > now_datetime():
			frappe.throw(_("The defect cannot be found in the future."), RectificationIncomplete)
		if getdate(self.due_date) < getdate(self.found_on):
			frappe.throw(_("The day to rectify is before the defect was found."), RectificationIncomplete)
		if self.is_new():
			self.first_due_date = self.due_date
		elif self.has_value_changed("due_date") and not self.flags.extending:
			frappe.throw(_("A later day needs an approved extension."), RectificationIncomplete)
		if D(str(self.cost or 0)) < 0:
			frappe.throw(_("The cost cannot be negative."), RectificationIncomplete)

	def check_report(self) -> None:
		if self.status == "To Be Rectified":
			return
		if self.has_value_changed("status") and self.status == "Rectification Reported":
			self.rectified_by = self.rectified_by or frappe.session.user
			self.rectified_on = self.rectified_on or now_datetime()
		if not (self.rectification or "").strip():
			frappe.throw(_("Say what was done before you report it."), RectificationIncomplete)
		if self.severity != "Minor" and not self.rectified_photos:
			frappe.throw(_("A serious defect is reported with a photo after the repair."), RectificationIncomplete)
		if get_datetime(self.rectified_on) < get_datetime(self.found_on):
			frappe.throw(_("The defect cannot be mended before it was found."), RectificationIncomplete)

	def check_verification(self) -> None:
		before = self.get_doc_before_save()
		if before and before.status == "Closed":
			frappe.throw(_("A closed rectification does not change any more."), RectificationIncomplete)
		if self.status == "Closed" and self.rectified_by == frappe.session.user:
			frappe.throw(_("You mended it. Somebody else has to verify it."), VerifiedByMender)

	def tell_responsible(self) -> None:
		if self.responsible and self.responsible != frappe.session.user:
			alert(
				[self.responsible],
				lambda: _("{0}: put right by {1}: {2}").format(
					self.facility_name, frappe.format(self.due_date, "Date"), self.description
				),
				self.doctype,
				self.name,
			)


def count_open(facility: str) -> None:
	"""Write on a facility how many of its defects are open."""
	number = frappe.db.count("Rectification", {"facility": facility, "status": ["!=", "Closed"]})
	frappe.db.set_value("Facility", facility, "open_rectifications", number, update_modified=False)


def on_doctype_update() -> None:
	frappe.db.add_index("Rectification", ["project", "status", "due_date"])
	frappe.db.add_index("Rectification", ["facility", "item_text", "found_on"])
