from datetime import date
from decimal import Decimal

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, getdate

from kefu_property.rules import leave_days
from kefu_property.workforce import leave, papers, people
from kefu_property.workforce.exceptions import LeaveNotPossible, LeaveOverlap, NoBalance, NoDays, PeriodReversed


class LeaveRequest(Document):
	"""Request for leave: no overlap, not beyond the balance, approved by somebody else (D29)."""

	def validate(self) -> None:
		people.take_project(self)
		self.kind = frappe.get_cached_doc("Leave Kind", self.leave_kind)
		self.check_person()
		self.check_span()
		self.check_kind()
		people.lock(self.staff)
		self.check_overlap()
		self.count_days()
		self.check_balance()
		papers.check_file(self, "proof")

	def check_person(self) -> None:
		status, gender = frappe.db.get_value("Staff Member", self.staff, ["status", "gender"])
		if status not in people.IN_SERVICE:
			frappe.throw(
				_("{0} has the status {1} and takes no leave.").format(self.staff_name, _(status)), LeaveNotPossible
			)
		if self.kind.gender and self.kind.gender != gender:
			frappe.throw(
				_("{0} is not possible for {1}.").format(_(self.leave_kind), self.staff_name), LeaveNotPossible
			)
		if self.substitute == self.staff:
			frappe.throw(_("The substitute is the one who is away. Choose somebody else."), LeaveNotPossible)

	def check_span(self) -> None:
		first, last = leave.span(self)
		if last < first:
			frappe.throw(_("The leave ends before it begins. Correct the dates."), PeriodReversed)
		if (getdate(self.to_date) - getdate(self.from_date)).days > 370:
			frappe.throw(_("A request covers at most a year. Make several."), PeriodReversed)

	def check_kind(self) -> None:
		halves = self.from_part == leave_days.AFTERNOON or self.to_part == leave_days.MORNING
		if halves and not self.kind.half_days:
			frappe.throw(_("{0} is taken in whole days only.").format(_(self.leave_kind)), LeaveNotPossible)
		if self.is_new() and self.kind.disabled:
			frappe.throw(_("{0} is no longer in use.").format(_(self.leave_kind)), LeaveNotPossible)

	def check_overlap(self) -> None:
		mine = leave.span(self)
		for other in leave.requests([self.staff], getdate(self.from_date), getdate(self.to_date), locked=True):
			if other.name != self.name and leave_days.overlap(mine, leave.span(other)):
				frappe.throw(
					_("{0} has leave from {1} to {2} already ({3}). Change or cancel it first.").format(
						self.staff_name, format_date(other.from_date), format_date(other.to_date), other.name
					),
					LeaveOverlap,
				)

	def count_days(self) -> None:
		self.by_year = leave.days_by_year(self, self.kind.counts, leave.plans_of([self])[self.project])
		self.days = float(sum(self.by_year.values(), Decimal(0)))
		if not self.days:
			frappe.throw(
				_("There is no working day between {0} and {1}. Choose other days.").format(
					format_date(self.from_date), format_date(self.to_date)
				),
				NoDays,
			)
		if self.kind.proof_after and self.days >= self.kind.proof_after and not self.proof:
			frappe.throw(
				_("{0} of {1} days and more needs a proof. Attach it.").format(
					_(self.leave_kind),
					frappe.format_value(self.kind.proof_after, {"fieldtype": "Float", "precision": 1}),
				),
				LeaveNotPossible,
			)

	def check_balance(self) -> None:
		if not self.kind.has_balance:
			return
		for year, days in self.by_year.items():
			left = leave.balance(self.staff, self.kind, year, without=self.name, locked=True)["left"]
			if days > left:
				frappe.throw(
					_("{0} has {1} days of {2} left in {3}, this request takes {4}.").format(
						self.staff_name, max(left, Decimal(0)), _(self.leave_kind), year, days
					),
					NoBalance,
				)

	def before_submit(self) -> None:
		people.check_not_own(self)


@frappe.whitelist()
def balance_of(staff: str, leave_kind: str, year: int | None = None) -> dict | None:
	"""Balance for the form: `entitled`, `taken`, `waiting`, `left` as numbers; None for kinds without entitlement."""
	frappe.get_doc("Staff Member", staff).check_permission("read")
	kind = frappe.get_cached_doc("Leave Kind", leave_kind)
	if not kind.has_balance:
		return None
	figures = leave.balance(staff, kind, int(year or date.today().year))
	return {key: float(value) for key, value in figures.items()}


def on_doctype_update() -> None:
	frappe.db.add_index("Leave Request", ["staff", "from_date"])
