from datetime import timedelta

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, getdate, now_datetime

from kefu_property.workforce import checkin, papers, people, settings
from kefu_property.workforce.exceptions import CorrectionNotPossible, PunchTwice


class DutyCorrection(Document):
	"""A check-in that was forgotten or refused: with a reason, approved by somebody else, then a row like others (S6)."""

	def validate(self) -> None:
		people.take_project(self)
		self.check_time()
		papers.check_file(self, "proof")

	def check_time(self) -> None:
		moment, day = get_datetime(self.taken_on), getdate(self.duty_date)
		if moment > now_datetime():
			frappe.throw(_("This time lies in the future. Enter when it really was."), CorrectionNotPossible)
		if moment.date() not in (day, day + timedelta(days=1)):
			frappe.throw(_("The time is on another day than the day of duty."), CorrectionNotPossible)
		limit = settings.get("correction_days")
		if self.is_new() and day < getdate(now_datetime()) - timedelta(days=limit):
			frappe.throw(
				_("Corrections are possible for {0} days. Talk to the personnel clerk.").format(limit),
				CorrectionNotPossible,
			)

	def before_submit(self) -> None:
		people.check_not_own(self)

	def on_submit(self) -> None:
		moment = get_datetime(self.taken_on).replace(microsecond=0)
		key = checkin.punch_key(self.staff, self.kind, moment)
		if frappe.db.exists("Duty Punch", {"punch_key": key}):
			frappe.throw(_("This check-in exists already."), PunchTwice)
		checkin.record(
			frappe._dict(name=self.staff, project=self.project),
			self.kind,
			moment,
			"Correction",
			duty_date=getdate(self.duty_date),
			reference_doctype=self.doctype,
			reference_name=self.name,
		)

	def on_cancel(self) -> None:
		for name in frappe.get_all(
			"Duty Punch", filters={"reference_doctype": self.doctype, "reference_name": self.name}, pluck="name"
		):
			punch = frappe.get_doc("Duty Punch", name)  # lint: allow query-in-loop: one row
			punch.flags.correction_cancelled = True
			punch.delete(ignore_permissions=True)  # the cancelled correction takes its row back
