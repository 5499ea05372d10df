import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime

from kefu_property.handover import defects
from kefu_property.handover.exceptions import DefectStep, WrongPlace
from kefu_property.registry import api as registry
from kefu_property.rules import handover_rules as rules
from kefu_property.suite import attachments


class HandoverDefect(Document):
	"""Something that the developer has to repair: found, given to a contractor, repaired, looked at again (D24, L12)."""

	def validate(self) -> None:
		self.check_place()
		self.check_days()
		self.check_repair()
		self.note_recheck()
		attachments.clean_rows(self, "photos", "image")

	def check_place(self) -> None:
		if self.unit:
			facts = registry.unit_facts(self.unit)
			if facts["project"] != self.project:
				frappe.throw(_("{0} is not of project {1}.").format(_("Property Unit"), self.project), WrongPlace)
			self.building = facts["building"]
		elif self.building and registry.project_of_building(self.building) != self.project:
			frappe.throw(_("{0} is not of project {1}.").format(_("Building"), self.project), WrongPlace)
		if not self.contractor:
			self.contractor = defects.contractor_for(self.project, self.defect_kind)
		defects.check_contractor(self.contractor, self.project)

	def check_days(self) -> None:
		if getdate(self.found_on) > getdate():
			frappe.throw(_("A defect cannot be found in the future. Correct the day."), DefectStep)
		if not self.due_date:
			self.due_date = defects.due_date(self.found_on, self.defect_kind)
		if getdate(self.due_date) < getdate(self.found_on):
			frappe.throw(_("The day to repair by is before the defect was found."), DefectStep)
		if self.repaired_on and not getdate(self.found_on) <= getdate(self.repaired_on) <= getdate():
			frappe.throw(_("The day of the repair lies before the defect was found, or in the future."), DefectStep)

	def check_repair(self) -> None:
		if self.status == defects.REPORTED:
			if not (self.repair_note or "").strip():
				frappe.throw(_("Write what was repaired before you report the repair."), DefectStep)
			self.repaired_on = self.repaired_on or getdate()

	def note_recheck(self) -> None:
		"""A re-inspection leaves a line: who looked when, with which result. Sending back and withdrawing need a reason."""
		before = self.get_doc_before_save()
		old = before.status if before else defects.TO_REPAIR
		if old == self.status:
			return
		if self.status == defects.WITHDRAWN or (old, self.status) == (defects.REPORTED, defects.TO_REPAIR):
			if not (self.recheck_note or "").strip():
				frappe.throw(
					_("Write in “{0}” why the defect is sent back or withdrawn.").format(
						_("Remark of the Re-inspection")
					),
					DefectStep,
				)
		if old == defects.REPORTED and self.status in (defects.CLOSED, defects.TO_REPAIR):
			self.append(
				"rechecks",
				{
					"checked_on": now_datetime(),
					"checked_by": frappe.session.user,
					"outcome": "Passed" if self.status == defects.CLOSED else "Failed",
					"remark": self.recheck_note,
				},
			)
		if self.status == defects.TO_REPAIR:
			self.repaired_on = self.closed_on = None
		elif self.status in (defects.CLOSED, defects.WITHDRAWN):
			self.closed_on = getdate()
		self.recheck_note = None

	def on_update(self) -> None:
		defects.follow(self)

	def on_trash(self) -> None:
		if self.status != defects.TO_REPAIR or self.notified_on:
			frappe.throw(_("A defect that was notified or repaired is not deleted. Withdraw it."), DefectStep)

	def after_delete(self) -> None:
		defects.follow(self)

	def age(self) -> str:
		return rules.age(getdate(self.due_date), getdate())

	@frappe.whitelist(methods=["POST"])
	def note_notice(self) -> None:
		"""Note that the notice was handed or sent to whoever answers for the defect."""
		self.check_permission("write")
		if self.status not in defects.OPEN:
			frappe.throw(_("The defect is {0}. Nothing is to be repaired.").format(_(self.status)), DefectStep)
		if not self.contractor:
			frappe.throw(_("Choose who answers for the defect first."), DefectStep)
		self.db_set("notified_on", now_datetime(), notify=True)


def on_doctype_update() -> None:
	frappe.db.add_index("Handover Defect", ["project", "status", "due_date"])
