"""Complaints, and major complaints, which the Director and HQ hear of at once (D3, D23, S5)."""

import frappe
from frappe import _
from frappe.utils import add_to_date, now_datetime

from kefu_property.rules.personal_data import clean_text
from kefu_property.service_desk import departments, notices, standards
from kefu_property.service_desk.actions import load, need_reason
from kefu_property.service_desk.case import OPEN, RESOLVED, VERIFIED, Case
from kefu_property.service_desk.exceptions import MajorNotFinished

MARKERS = ("CS Agent", "CS Supervisor", "Office Director")


class Complaint(Case):
	def validate(self) -> None:
		super().validate()
		self.mark_by_rule()
		self.sign_tasks()

	def on_update(self) -> None:
		super().on_update()
		before = self.get_doc_before_save()
		if self.is_major and not (before and before.is_major):
			self.report_at_once()
		self.tell_about_tasks(before)

	def enter_closed(self) -> None:
		if self.is_major:
			self.check_major_finished()
			self.check_director()
		super().enter_closed()

	def mark_by_rule(self) -> None:
		"""A category can be major by itself; so is a third complaint about the same thing."""
		if self.is_major or self.status not in OPEN:
			return
		reason = major_reason(self)
		if reason:
			self.mark_major(reason)

	def mark_major(self, reason: str) -> None:
		hours = standards.standard_of(self.project).major_report_hours or 24
		self.is_major, self.major_reason = 1, reason
		self.major_by, self.major_on = frappe.session.user, now_datetime()
		self.major_report_due = add_to_date(self.major_on, hours=hours)

	def report_at_once(self) -> None:
		receivers = [
			user
			for role in ("Office Director", "CS Supervisor", "HQ Quality Auditor")
			for user in departments.users_with_role(role, self.project)
		]
		notices.tell(receivers, _("Major complaint {0}: {1}").format(self.name, self.subject), self)

	def sign_tasks(self) -> None:
		for row in self.tasks:
			row.done_on = (row.done_on or now_datetime()) if row.done else None

	def tell_about_tasks(self, before) -> None:
		known = {(row.name, row.responsible) for row in before.tasks} if before else set()
		people = [row.responsible for row in self.tasks if (row.name, row.responsible) not in known]
		if people:
			notices.tell(people, _("{0}: you have a task of a major complaint").format(self.name), self)

	def check_major_finished(self) -> None:
		open_tasks = [row.task for row in self.tasks if not row.done]
		if open_tasks:
			frappe.throw(
				_("Finish the tasks of the major complaint first: {0}").format(_(", ").join(open_tasks)),
				MajorNotFinished,
			)
		if not clean_text(self.major_report):
			frappe.throw(_("Write the closing report of the major complaint first."), MajorNotFinished)


def major_reason(doc: Complaint) -> str | None:
	"""Why a complaint is major by the built-in rule, else None."""
	if doc.category and frappe.db.get_value("Case Category", doc.category, "is_major"):
		return _("Category {0} is major").format(_(doc.category))
	if (doc.reopen_count or 0) >= 2:
		return _("Reopened for the second time")
	return None


@frappe.whitelist(methods=["POST"])
def mark_as_major(name: str, reason: str) -> None:
	"""Mark a complaint as major by hand: the Director and HQ are told at once (S5)."""
	frappe.only_for(MARKERS)
	doc = load("Complaint", name)
	doc.need_state(*OPEN, RESOLVED, VERIFIED)
	if not doc.is_major:
		doc.mark_major(need_reason(reason))
		doc.flags.system_step = True
		doc.save()


def on_doctype_update() -> None:
	add_case_indexes("Complaint")


def add_case_indexes(doctype: str) -> None:
	"""Indexes under the lists, the deadline job and the boards."""
	frappe.db.add_index(doctype, ["project", "status", "next_due"])
	frappe.db.add_index(doctype, ["project", "resolved_on"])
	frappe.db.add_index(doctype, ["deadline_state", "next_due"])
	frappe.db.add_index(doctype, ["project", "received_on"])
	frappe.db.add_index(doctype, ["status", "next_due"])
	# the wall board counts and orders open cases from this index alone
	frappe.db.add_index(
		doctype, ["project", "status", "assigned_to", "deadline_state", "severity", "next_due"], "wall_board_index"
	)
	if doctype == "Complaint":
		frappe.db.add_index(doctype, ["is_major", "status"])
	for whose in ("unit", "resident"):  # the front desk shows the cases of a home or a person
		frappe.db.add_index(doctype, [whose, "status", "received_on"])
