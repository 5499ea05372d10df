import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from kefu_property.dormitory.exceptions import InspectionIncomplete, StayFixed, WrongRoom
from kefu_property.rules import dormitory_rules as rules
from kefu_property.suite import attachments


class DormitoryInspection(Document):
	"""Round of a building with a score for each room; hazards stay open until they are put right (D17)."""

	def validate(self) -> None:
		if self.is_new():
			self.inspected_by = frappe.session.user
		self.check_rooms()
		self.check_scores()
		attachments.clean_rows(self, "lines", "photo")
		self.rank()
		self.follow_hazards()

	def check_rooms(self) -> None:
		if getdate(self.inspected_on) > getdate():
			frappe.throw(_("The inspection lies in the future. Correct the date."), InspectionIncomplete)
		names = [row.room for row in self.lines]
		known = frappe.get_all(
			"Dormitory Room",
			filters={"name": ["in", names], "building": self.building, "project": self.project},
			pluck="name",
		)
		wrong = next((name for name in names if name not in known or names.count(name) > 1), None)
		if wrong:
			frappe.throw(
				_("The room {0} is of another building, or stands twice on the list.").format(wrong), WrongRoom
			)

	def check_scores(self) -> None:
		for row in self.lines:
			if not row.score or not 0 < row.score <= 100:
				frappe.throw(_("Give each room a score from 1 to 100: {0}.").format(row.room), InspectionIncomplete)
			if row.hazard and (not row.findings or not row.rectify_by):
				frappe.throw(
					_("A hazard needs findings and a day until which it is put right: {0}.").format(row.room),
					InspectionIncomplete,
				)
			if row.rectify_by and getdate(row.rectify_by) < getdate(self.inspected_on):
				frappe.throw(
					_("The day to put it right lies before the inspection: {0}.").format(row.room), InspectionIncomplete
				)

	def rank(self) -> None:
		for row, place in zip(self.lines, rules.places([row.score for row in self.lines]), strict=True):
			row.place_no = place
		self.average = round(sum(row.score for row in self.lines) / len(self.lines), 1)

	def follow_hazards(self) -> None:
		left = [row for row in self.lines if row.hazard and not row.rectified_on]
		for row in self.lines:
			if row.rectified_on and getdate(row.rectified_on) < getdate(self.inspected_on):
				frappe.throw(
					_("{0} was put right before the inspection. Correct the date.").format(row.room),
					InspectionIncomplete,
				)
		self.open_hazards = len(left)
		self.next_due = min((getdate(row.rectify_by) for row in left), default=None)
		self.status = "Draft" if self.docstatus.is_draft() else "Hazards Open" if left else "Done"

	def before_submit(self) -> None:
		self.follow_hazards()

	def before_update_after_submit(self) -> None:
		self.follow_hazards()

	def before_cancel(self) -> None:
		if frappe.db.exists("Dormitory Violation", {"inspection": self.name, "docstatus": 1}):
			frappe.throw(_("Violations follow from this inspection. It cannot be cancelled."), StayFixed)

	def on_cancel(self) -> None:
		self.db_set("status", "Cancelled")
