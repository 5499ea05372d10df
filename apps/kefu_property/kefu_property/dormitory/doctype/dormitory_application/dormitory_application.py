import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime

from kefu_property.dormitory import beds
from kefu_property.dormitory.exceptions import (
	BedMissing,
	DormitoryDates,
	HasBed,
	NoBed,
	NotForOthers,
	StayFixed,
	WrongProject,
)
from kefu_property.workforce import api as workforce

DRAFT, WARDEN, HR = "Draft", "Warden Review", "HR Approval"
APPROVED, CHECKED_IN = "Approved", "Checked In"
OPEN = (DRAFT, WARDEN, HR, APPROVED)


class DormitoryApplication(Document):
	"""Application for a bed or for another one; the warden chooses it, HR approves (D17)."""

	def validate(self) -> None:
		self.check_applicant()
		self.check_kind()
		self.check_dates()
		self.check_bed()
		self.check_review()

	def check_applicant(self) -> None:
		"""Staff apply for themselves; the warden and HR also for others."""
		user = frappe.session.user
		if not self.staff:
			self.staff = workforce.staff_of_user(user)
		file = beds.check_person(self.staff)
		office = {"Dormitory Warden", "HR Clerk", "System Manager"} & set(frappe.get_roles(user))
		if not office and file.user != user:
			frappe.throw(_("Apply for yourself. For others the warden does it."), NotForOthers)
		self.staff_name, self.gender, self.rank = file.staff_name, file.gender, file.rank

	def check_kind(self) -> None:
		if self.docstatus.is_submitted():
			return
		stay = beds.current_stay(self.staff)
		if self.kind == "New Bed" and stay:
			frappe.throw(_("{0} lives in {1}. Apply for a transfer.").format(self.staff_name, stay.room), HasBed)
		if self.kind == "Change of Bed" and not stay:
			frappe.throw(_("{0} has no bed yet. Apply for a new bed.").format(self.staff_name), NoBed)
		self.current_stay = stay.name if stay else None
		other = frappe.db.get_value(
			"Dormitory Application",
			{
				"staff": self.staff,
				"workflow_state": ["in", OPEN],
				"docstatus": ["<", 2],
				"name": ["!=", self.name or ""],
			},
		)
		if other:
			frappe.throw(_("{0} has an application already: {1}.").format(self.staff_name, other), HasBed)

	def check_dates(self) -> None:
		if self.until_date and getdate(self.until_date) < getdate(self.from_date):
			frappe.throw(_("The stay ends before it begins. Correct the dates."), DormitoryDates)

	def check_bed(self) -> None:
		if not self.bed:
			self.room = None
			return
		bed = frappe.db.get_value(
			"Dormitory Bed", self.bed, ["project", "room", "name", "status", "application"], as_dict=True
		)
		if bed.project != self.project:
			frappe.throw(_("The bed {0} belongs to another project.").format(self.bed), WrongProject)
		self.room = bed.room
		if self.docstatus.is_draft():
			beds.need_status(bed, beds.FREE)
		if not self.docstatus.is_cancelled():
			beds.check_rules(self.bed, frappe._dict(staff_name=self.staff_name, gender=self.gender, rank=self.rank))

	def check_review(self) -> None:
		if self.workflow_state not in (HR, APPROVED):
			return
		if not self.bed:
			frappe.throw(_("Choose a bed before HR decides."), BedMissing)
		before = self.get_doc_before_save()
		if before and before.workflow_state == WARDEN:
			self.reviewed_by, self.reviewed_on = frappe.session.user, now_datetime()

	def before_submit(self) -> None:
		beds.reserve(self.bed, self.staff, self.name)

	def before_cancel(self) -> None:
		if self.workflow_state == CHECKED_IN or frappe.db.exists(
			"Dormitory Stay", {"application": self.name, "docstatus": 1}
		):
			frappe.throw(_("The bed was moved into. Use a check-out."), StayFixed)

	def on_cancel(self) -> None:
		beds.release(self.bed, self.name)
