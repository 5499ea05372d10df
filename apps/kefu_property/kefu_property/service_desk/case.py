"""What complaints, repair orders and enquiries have in common: one intake, one clock, one way to the answer (D3).

A controller class per kind adds its own rules. People move a case along its workflow; steps of the owner on the portal,
of the clock and of the functions in `actions` are system steps: whoever calls them has checked the right before.
"""

from __future__ import annotations

from datetime import timedelta

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, get_datetime, now_datetime

from kefu_property.registry import api as registry
from kefu_property.rules.personal_data import clean_text, is_phone, mask_phone, normalise_phone
from kefu_property.service_desk import departments, hotline, notices, photos, standards
from kefu_property.service_desk.exceptions import (
	AssigneeMissing,
	DirectorCloses,
	FollowUpMissing,
	InvalidContactPhone,
	NotOfProject,
	ReasonMissing,
	ReporterMissing,
	ResultMissing,
	SelfVerification,
	StepRefused,
	TransferRefused,
	WrongCategory,
	WrongHome,
)

NEW, ASSIGNED, IN_PROGRESS = "New", "Assigned", "In Progress"
WAITING, TRANSFER = "Waiting for Owner", "Transfer Requested"
RESOLVED, VERIFIED, CLOSED, CANCELLED, MERGED = "Resolved", "Verified", "Closed", "Cancelled", "Merged"
OPEN = (NEW, ASSIGNED, IN_PROGRESS, WAITING, TRANSFER)
#: sources where nobody of the staff has chosen a category or severity
UNATTENDED = ("Portal", "Message")
CLEARED_BY_REOPENING = (
	"resolved_on",
	"resolved_by",
	"verified_on",
	"verified_by",
	"closed_on",
	"closed_by",
	"followed_up_on",
	"rating",
	"rating_comment",
	"rated_on",
)


class Case(Document):
	"""A request of an owner, from intake to closing."""

	def before_validate(self) -> None:
		if self.unit:
			facts = frappe.db.get_value("Property Unit", self.unit, ["project", "building"]) or (None, None)
			self.project = self.project or facts[0]
			self.building = facts[1]

	def before_insert(self) -> None:
		if not self.flags.system_step:
			self.status = NEW
		self.received_on = self.received_on or now_datetime()

	def validate(self) -> None:
		self.check_home()
		self.match_reporter()
		self.check_category()
		self.check_photos()
		self.check_department()
		self.check_assignee()
		if self.is_new():
			self.route()
		self.take_step()
		self.set_deadlines()

	def validate_workflow(self) -> None:
		"""Steps that the system takes were checked by the function that takes them."""
		if not self.flags.system_step:
			super().validate_workflow()

	def after_insert(self) -> None:
		if self.call_record:
			hotline.attach(self)

	def on_update(self) -> None:
		self.follow_with_todo()
		self.tell_about_step()

	# --- who and where ----------------------------------------------------------------------------------------------

	def check_home(self) -> None:
		for fieldname, doctype, label in (
			("unit", "Property Unit", _("Property Unit")),
			("resident", "Resident", _("Resident")),
			("department", "Service Department", _("Department")),
			("incident", "Service Incident", _("Incident")),
			("call_record", "Call Record", _("Call")),
		):
			value = self.get(fieldname)
			if value and (self.has_value_changed(fieldname) or self.has_value_changed("project")):
				project = frappe.db.get_value(doctype, value, "project")  # lint: allow query-in-loop: five links
				if project != self.project:
					frappe.throw(
						_("{0} {1} does not belong to project {2}. Choose one of this project.").format(
							label, value, self.project
						),
						WrongHome,
					)

	def match_reporter(self) -> None:
		"""A phone that one resident of the project has names the resident; else it stays with the case, normalised."""
		self.reporter_name = clean_text(self.reporter_name)
		if self.contact_phone:
			phone = normalise_phone(self.contact_phone)
			if not is_phone(phone):
				frappe.throw(
					_("{0} is no phone number. Enter a mobile, or a landline with its area code.").format(
						self.contact_phone
					),
					InvalidContactPhone,
				)
			self.contact_phone = phone
			if not self.resident:
				known = registry.residents_by_phone(phone, self.project)
				self.resident = known[0] if len(known) == 1 else None
			if self.resident and phone == registry.phone_for_message(self.resident):
				self.contact_phone = None
		if self.resident and self.has_value_changed("resident"):
			name, masked = frappe.db.get_value("Resident", self.resident, ["resident_name", "phone_masked"])
			self.reporter_name = self.reporter_name or name
			self.phone_masked = masked
		if self.contact_phone:
			self.phone_masked = mask_phone(self.contact_phone)
		if not (self.resident or self.reporter_name or self.contact_phone or self.source == "Patrol"):
			frappe.throw(
				_("Name the resident, or enter the name or phone of the caller, so that somebody can be answered."),
				ReporterMissing,
			)

	def check_category(self) -> None:
		if not self.category or not self.has_value_changed("category"):
			return
		facts = frappe.db.get_value(
			"Case Category",
			self.category,
			["is_group", "disabled", "kind", "place", "severity", "follow_up"],
			as_dict=True,
		)
		if facts.is_group or facts.disabled:
			frappe.throw(
				_("{0} is no category for cases. Choose one of its entries.").format(_(self.category)), WrongCategory
			)
		if facts.kind and facts.kind != self.doctype:
			frappe.throw(
				_("Category {0} is for cases of the kind {1}. Choose another.").format(_(self.category), _(facts.kind)),
				WrongCategory,
			)
		self.place = self.place or facts.place
		self.follow_up_required = cint(self.follow_up_required or facts.follow_up)
		if self.is_new() and self.source in UNATTENDED:
			self.severity = facts.severity or self.severity

	def check_photos(self) -> None:
		for row in self.photos:
			row.stage = row.stage or "Report"
			if not row.added_on:
				row.image = photos.take_upload(row.image, self.doctype, self.name)
				row.added_by, row.added_on = frappe.session.user, now_datetime()

	def check_department(self) -> None:
		if self.department and self.has_value_changed("department"):
			if frappe.db.get_value("Service Department", self.department, "disabled"):
				frappe.throw(_("Department {0} is switched off. Choose another.").format(self.department), WrongHome)

	def check_assignee(self) -> None:
		if not self.assigned_to or not self.has_value_changed("assigned_to"):
			return
		if not departments.works_for(self.assigned_to, self.project):
			frappe.throw(
				_("{0} does not work for project {1}. Choose somebody who is assigned to it.").format(
					frappe.utils.get_fullname(self.assigned_to), self.project
				),
				NotOfProject,
			)
		self.assigned_on = now_datetime()

	def route(self) -> None:
		"""A new case goes to the department of its category and there to whoever is next."""
		if not self.department:
			self.department = departments.department_for(self.project, self.category)
		if self.department and not self.assigned_to:
			skill = frappe.db.get_value("Case Category", self.category, "skill") if self.category else None
			self.assigned_to = departments.next_person(self.department, self.building, skill)
		if self.assigned_to:
			self.status, self.assigned_on, self.flags.system_step = ASSIGNED, now_datetime(), True

	# --- steps ------------------------------------------------------------------------------------------------------

	def step(self) -> tuple[str | None, str | None]:
		"""(old state, new state) of this save; both None when it does not move."""
		before = self.get_doc_before_save()
		old = before.status if before else None
		return (old, self.status) if old and old != self.status else (None, None)

	def take_step(self) -> None:
		old, new = self.step()
		if not new:
			return
		if old == WAITING:
			self.end_pause()
		if old == TRANSFER and new != CANCELLED:
			self.check_transfer_answered()
		if old in (RESOLVED, VERIFIED, CLOSED) and new in (ASSIGNED, IN_PROGRESS):
			self.reopen()
		handlers = {
			ASSIGNED: self.enter_assigned,
			IN_PROGRESS: self.enter_progress,
			WAITING: self.enter_waiting,
			TRANSFER: self.enter_transfer,
			RESOLVED: self.enter_resolved,
			VERIFIED: self.enter_verified,
			CLOSED: self.enter_closed,
			CANCELLED: self.enter_cancelled,
		}
		if new in handlers:
			handlers[new]()

	def enter_assigned(self) -> None:
		if not self.assigned_to and self.department:
			self.assigned_to = departments.next_person(self.department, self.building, None)
		if not self.assigned_to:
			frappe.throw(_("Choose who takes the case in the field Assigned to."), AssigneeMissing)
		self.assigned_on = now_datetime()

	def enter_progress(self) -> None:
		now = now_datetime()
		self.assigned_to = self.assigned_to or frappe.session.user
		self.accepted_on = self.accepted_on or now
		# somebody has taken the case up and says so: the owner sees it on the portal
		self.first_answered_on = self.first_answered_on or now

	def enter_waiting(self) -> None:
		self.append(
			"pauses",
			{
				"from_time": now_datetime(),
				"reason": self.flags.reason or _("Waiting for the owner"),
				"paused_by": frappe.session.user,
			},
		)

	def end_pause(self) -> None:
		for row in self.pauses:
			if not row.to_time:
				row.to_time = now_datetime()

	def open_transfer(self):
		return next((row for row in self.transfers if row.answer == "Waiting"), None)

	def enter_transfer(self) -> None:
		if not self.open_transfer():
			frappe.throw(_("Use the button Transfer: it asks for the department and the reason."), TransferRefused)

	def check_transfer_answered(self) -> None:
		if self.open_transfer():
			frappe.throw(
				_("Use the buttons Accept Transfer or Refuse Transfer, so that the answer is kept."), TransferRefused
			)

	def enter_resolved(self) -> None:
		if not clean_text(self.result):
			frappe.throw(_("Say in the field What Was Done what the owner gets as an answer."), ResultMissing)
		now = now_datetime()
		self.resolved_on, self.resolved_by = now, frappe.session.user
		self.first_answered_on = self.first_answered_on or now
		self.feedback_on = self.feedback_on or now
		if self.doctype == "Complaint" and standards.standard_of(self.project).complaint_share >= 100:
			self.follow_up_required = 1

	def enter_verified(self) -> None:
		if not self.flags.by_owner and frappe.session.user == self.resolved_by:
			frappe.throw(_("You resolved this case yourself. Somebody else has to verify it."), SelfVerification)
		self.verified_on, self.verified_by = now_datetime(), frappe.session.user

	def enter_closed(self) -> None:
		if self.follow_up_required and not self.followed_up_on:
			frappe.throw(
				_("This case closes after the owner was called back. Record the follow-up first."), FollowUpMissing
			)
		self.closed_on, self.closed_by = now_datetime(), frappe.session.user

	def enter_cancelled(self) -> None:
		if not clean_text(self.cancel_reason):
			frappe.throw(_("Enter the reason of the cancellation."), ReasonMissing)

	def reopen(self) -> None:
		self.reopen_count = cint(self.reopen_count) + 1
		withdraw_calls(self)
		for fieldname in CLEARED_BY_REOPENING:
			if self.meta.has_field(fieldname):
				self.set(fieldname, None)

	def move(self, status: str, reason: str | None = None) -> None:
		"""Take a step as the system and save; the caller has checked that whoever caused it may."""
		self.flags.reason = reason
		self.status, self.flags.system_step = status, True
		self.save(ignore_permissions=True)  # see above
		self.flags.system_step = False

	def need_state(self, *states: str) -> None:
		"""Raise StepRefused unless the case is in one of the states."""
		if self.status not in states:
			frappe.throw(
				_("{0} is in the state {1}; this step is not possible there.").format(self.name, _(self.status)),
				StepRefused,
			)

	# --- the clock --------------------------------------------------------------------------------------------------

	def set_deadlines(self) -> None:
		self.update(standards.deadlines(self))
		self.next_due = self.earliest_due()
		self.warn_on = self.warning_time()
		self.deadline_state = self.state_at(now_datetime())

	def earliest_due(self):
		if self.status not in OPEN or self.status == WAITING:
			return None
		open_deadlines = [
			get_datetime(self.get(due))
			for due, done in (
				("first_answer_due", "first_answered_on"),
				("feedback_due", "feedback_on"),
				("close_due", None),
			)
			if self.get(due) and not (done and self.get(done))
		]
		return min(open_deadlines, default=None)

	def warning_time(self):
		if not self.next_due:
			return None
		start = get_datetime(self.received_on)
		share = standards.standard_of(self.project).warn_share or 75
		return start + timedelta(seconds=int((self.next_due - start).total_seconds() * share / 100))

	def state_at(self, now) -> str:
		"""Colour of the deadline: `On Time`, `Due Soon`, `Overdue`, `Waiting`, or `Met` and `Missed` when it is over."""
		if self.status == WAITING:
			return "Waiting"
		if self.status in (CANCELLED, MERGED):
			return ""
		if self.status in OPEN:
			if self.next_due and self.next_due < now:
				return "Overdue"
			return "Due Soon" if self.warn_on and self.warn_on <= now else "On Time"
		late = any(
			self.get(due) and self.get(done) and get_datetime(self.get(done)) > get_datetime(self.get(due))
			for due, done in (
				("first_answer_due", "first_answered_on"),
				("feedback_due", "feedback_on"),
				("close_due", "resolved_on"),
			)
		)
		return "Missed" if late else "Met"

	# --- people -----------------------------------------------------------------------------------------------------

	def follow_with_todo(self) -> None:
		"""Keep one open ToDo for whoever works on the case: the desk's own list of assignments."""
		before = self.get_doc_before_save()
		if before and (before.assigned_to, before.status) == (self.assigned_to, self.status):
			return
		wanted = self.assigned_to if self.status in OPEN else None
		rows = frappe.get_all(
			"ToDo",
			filters={"reference_type": self.doctype, "reference_name": self.name, "status": "Open"},
			fields=["name", "allocated_to"],
		)
		for row in rows:
			if row.allocated_to != wanted:
				todo = frappe.get_doc("ToDo", row.name)  # lint: allow query-in-loop: one or two rows
				todo.status = "Cancelled" if self.status in OPEN else "Closed"
				todo.save(ignore_permissions=True)  # follows the case, which was checked
		if wanted and wanted not in {row.allocated_to for row in rows}:
			todo = frappe.get_doc(
				{
					"doctype": "ToDo",
					"allocated_to": wanted,
					"assigned_by": frappe.session.user,
					"reference_type": self.doctype,
					"reference_name": self.name,
					"description": self.subject,
					"date": get_datetime(self.close_due).date() if self.close_due else None,
					"priority": "High" if self.severity in ("High", "Urgent") else "Medium",
				}
			)
			todo.flags.from_case = True
			todo.insert(ignore_permissions=True)  # follows the case, which was checked

	def tell_about_step(self) -> None:
		before = self.get_doc_before_save()
		if self.assigned_to and (not before or before.assigned_to != self.assigned_to):
			notices.tell([self.assigned_to], _("{0}: {1} was assigned to you").format(self.name, self.subject), self)
		if not before and not self.assigned_to:
			notices.tell(
				departments.users_with_role("CS Supervisor", self.project),
				_("{0}: {1} has nobody to take it yet").format(self.name, self.subject),
				self,
			)
		if not before or before.status != self.status:
			notices.refresh_boards(self.project)

	def check_director(self) -> None:
		if "Office Director" not in frappe.get_roles():
			frappe.throw(_("A major complaint is closed by the Office Director."), DirectorCloses)


def withdraw_calls(case: Case) -> None:
	"""A case that was opened again, or whose follow-up was recorded on its own form, needs no call to the owner for this round."""
	table = frappe.qb.DocType("Follow Up Task")
	(
		frappe.qb.update(table)
		.set(table.status, "Withdrawn")
		.where((table.case_doctype == case.doctype) & (table.case_name == case.name) & (table.status == "Open"))
		.run()
	)
