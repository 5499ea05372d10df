import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from kefu_property.office import duty
from kefu_property.office.exceptions_desk import (
	LinesUnchecked,
	NotOnDuty,
	ShiftNotTakenOver,
	SignatureMissing,
)

ON_DUTY, WAITING, TAKEN = "On Duty", "Waiting for Takeover", "Taken Over"


class ShiftHandover(Document):
	"""What one shift hands over to the next; both sign, and the next shift begins with the takeover (D11)."""

	def before_insert(self) -> None:
		self.check_before()
		self.on_duty = self.on_duty or frappe.session.user
		self.opened_on = self.opened_on or now_datetime()
		self.find_shift()
		self.carry_over()

	def check_before(self) -> None:
		"""No shift begins before the one before it was taken over; the post's row is locked meanwhile."""
		duty.lock_post(self.post)
		before = frappe.db.sql(
			"""select name, workflow_state, on_duty from `tabShift Handover` where post = %s and docstatus < 2
			order by opened_on desc, creation desc limit 1 lock in share mode""",
			self.post,
			as_dict=True,
		)
		if before and before[0].workflow_state != TAKEN:
			frappe.throw(
				_(
					"{0} of {1} was not taken over yet. Take it over first; the next shift then begins by itself."
				).format(before[0].name, frappe.utils.get_fullname(before[0].on_duty)),
				ShiftNotTakenOver,
			)
		self.previous = before[0].name if before else None

	def find_shift(self) -> None:
		"""The planned shift of the one on duty names the time at which the handover is due."""
		shifts = frappe.get_all(
			"Post Shift",
			filters={
				"post": self.post,
				"staff": self.on_duty,
				"ends_on": [">", self.opened_on],
				"starts_on": ["<=", frappe.utils.add_to_date(self.opened_on, hours=2)],
			},
			fields=["name", "ends_on"],
			order_by="starts_on",
			limit=1,
		)
		if shifts:
			self.duty_shift, self.due_on = shifts[0].name, shifts[0].ends_on

	def carry_over(self) -> None:
		"""Notes that the shift before did not finish go on."""
		if not self.previous:
			return
		for row in frappe.get_all(
			"Shift Handover Note",
			filters={"parent": self.previous, "done": 0, "kind": ["!=", "Note"]},
			fields=["noted_on", "kind", "text"],
			order_by="idx",
		):
			self.append("notes", dict(row))

	def validate(self) -> None:
		duty.check_same_project(self, ("post", "Duty Post"))
		before = self.get_doc_before_save()
		step = (before.workflow_state if before else None, self.workflow_state)
		if step == (ON_DUTY, WAITING):
			self.hand_over()
		elif before and before.workflow_state == WAITING:
			self.check_signed(before)
		if step == (WAITING, ON_DUTY):
			self.handed_by = self.handed_on = self.handed_signature = None

	def hand_over(self) -> None:
		if frappe.session.user != self.on_duty:
			frappe.throw(_("{0} is on duty and hands over.").format(frappe.utils.get_fullname(self.on_duty)), NotOnDuty)
		if not self.handed_signature:
			frappe.throw(_("Sign before you hand over."), SignatureMissing)
		self.fill()
		self.handed_by, self.handed_on = frappe.session.user, now_datetime()

	def check_signed(self, before) -> None:
		"""What was signed stays: at takeover lines are checked and remarked on, nothing else."""

		def content(doc) -> list[tuple]:
			return [(row.subject, row.details) for row in doc.lines] + [(row.kind, row.text) for row in doc.notes]

		if content(self) != content(before):
			frappe.throw(_("The sheet was handed over; its lines stay as they were signed."), NotOnDuty)

	def fill(self) -> None:
		"""Write the lines anew from what the modules know now."""
		wanted = frappe.get_doc("Duty Post", self.post).wanted_sections()
		self.set("lines", [])
		for row in duty.lines(self.project, self.on_duty, self.opened_on, wanted):
			self.append("lines", row)
		self.filled_on = now_datetime()

	def before_submit(self) -> None:
		self.check_taker()
		self.check_lines()
		self.taken_by, self.taken_on = frappe.session.user, now_datetime()

	def check_taker(self) -> None:
		if frappe.session.user in (self.handed_by, self.on_duty):
			frappe.throw(_("You handed over. Somebody else takes over."), NotOnDuty)
		if not self.taken_signature:
			frappe.throw(_("Sign before you take over."), SignatureMissing)

	def check_lines(self) -> None:
		left = [row for row in self.lines if row.tone != "green" and not row.checked and not row.remark]
		if left:
			frappe.throw(
				_("Check {0} lines, or remark what is wrong with them. First: {1}").format(len(left), left[0].subject),
				LinesUnchecked,
			)

	def on_submit(self) -> None:
		"""The taker's own sheet begins at once."""
		self.flags.next_sheet = (
			frappe.get_doc({"doctype": "Shift Handover", "project": self.project, "post": self.post}).insert().name
		)

	def before_cancel(self) -> None:
		frappe.throw(_("A sheet that was taken over stays as it is."), ShiftNotTakenOver)

	@frappe.whitelist(methods=["POST"])
	def refresh_lines(self) -> int:
		"""Fill the sheet from the modules. Returns the number of lines. Only while on duty."""
		self.check_permission("write")
		if self.workflow_state != ON_DUTY:
			frappe.throw(_("The sheet was handed over; its lines stay as they were signed."), NotOnDuty)
		self.fill()
		self.save()
		return len(self.lines)

	@frappe.whitelist(methods=["POST"])
	def sign_over(self, signature: str, next_staff: str | None = None) -> str:
		"""Sign and hand over. Returns the new state. Raises NotOnDuty, SignatureMissing."""
		self.check_permission("write")
		self.handed_signature, self.next_staff = signature, next_staff or self.next_staff
		self.workflow_state = WAITING
		self.save()
		return WAITING

	@frappe.whitelist(methods=["POST"])
	def take_over(self, signature: str, checked: list | str | None = None, objection: str | None = None) -> str:
		"""Sign and take over; `checked` names lines (rows) that were checked. Returns the name of the next sheet.

		Raises NotOnDuty, SignatureMissing, LinesUnchecked.
		"""
		self.check_permission("submit")
		names = set(frappe.parse_json(checked) or ()) if checked else set()
		for row in self.lines:
			row.checked = row.checked or int(row.name in names)
		self.taken_signature, self.objection = signature, objection
		self.workflow_state = TAKEN
		self.submit()
		return self.flags.next_sheet
