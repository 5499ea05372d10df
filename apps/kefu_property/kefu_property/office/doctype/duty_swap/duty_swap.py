import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime

from kefu_property.office import duty
from kefu_property.office.exceptions_desk import PersonTwice, SwapRefused

LEADS = {"CS Supervisor", "Office Director", "Order and Cleaning Lead", "Engineering Lead", "Office Clerk", "HR Clerk"}


class DutySwap(Document):
	"""One gives a shift to another, or two exchange theirs; it takes effect with the approval (D11)."""

	def validate(self) -> None:
		self.read_shift()
		duty.check_same_project(self, ("duty_shift", "Post Shift"), ("with_shift", "Post Shift"))
		if self.docstatus.is_draft():
			self.check_people()
			self.check_shifts()

	def read_shift(self) -> None:
		if self.docstatus.is_draft():
			shift = frappe.db.get_value(
				"Post Shift", self.duty_shift, ["staff", "staff_name", "starts_on"], as_dict=True
			)
			self.staff, self.staff_name, self.starts_on = shift.staff, shift.staff_name, shift.starts_on

	def check_people(self) -> None:
		if self.staff == self.with_staff:
			frappe.throw(_("Choose somebody else who takes the shift."), PersonTwice)
		if self.is_new() and frappe.session.user != self.staff and not LEADS & set(frappe.get_roles()):
			frappe.throw(_("Give away your own shifts only; a supervisor swaps those of others."), SwapRefused)

	def check_shifts(self) -> None:
		if get_datetime(self.starts_on) <= now_datetime():
			frappe.throw(_("This shift has begun. It cannot be swapped any more."), SwapRefused)
		if self.with_shift:
			other = frappe.db.get_value("Post Shift", self.with_shift, ["staff", "starts_on"], as_dict=True)
			if other.staff != self.with_staff or get_datetime(other.starts_on) <= now_datetime():
				frappe.throw(
					_("The shift in exchange has to be a coming one of {0}.").format(
						frappe.utils.get_fullname(self.with_staff)
					),
					SwapRefused,
				)
		self.check_free()

	def check_free(self) -> list[tuple[str, str]]:
		"""Moves (shift, new person) of this swap; raises DutyClash when one of them works at that time."""
		moves = [(self.duty_shift, self.with_staff)] + ([(self.with_shift, self.staff)] if self.with_shift else [])
		names = [name for name, _person in moves]
		spans = {
			row.name: (row.starts_on, row.ends_on)
			for row in frappe.get_all(
				"Post Shift", filters={"name": ["in", names]}, fields=["name", "starts_on", "ends_on"]
			)
		}
		duty.check_free([(person, *spans[name]) for name, person in moves], leave_out=names)
		return moves

	def on_submit(self) -> None:
		for name, person in self.check_free():
			shift = frappe.get_doc("Post Shift", name)  # lint: allow query-in-loop: two shifts at most
			person_name = frappe.utils.get_fullname(person)
			shift.update(
				{
					"swapped_from": shift.staff,
					"title": (shift.title or "").replace(shift.staff_name or "", person_name),
					"staff": person,
					"staff_name": person_name,
				}
			)
			shift.save(ignore_permissions=True)  # the approved swap changes it; nobody may write it by hand
