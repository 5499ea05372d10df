from datetime import datetime

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, get_time, getdate, now_datetime

from kefu_property.dormitory import beds
from kefu_property.dormitory.exceptions import NoBed, VisitorHours, WrongProject


class DormitoryVisitor(Document):
	"""Line of the visitors' book: who came to see whom, and when they left (D17)."""

	def validate(self) -> None:
		self.check_host()
		self.check_hours()

	def check_host(self) -> None:
		building = frappe.db.get_value("Dormitory Building", self.building, ["project", "visitors_until"], as_dict=True)
		if building.project != self.project:
			frappe.throw(_("The building {0} belongs to another project.").format(self.building), WrongProject)
		if not self.is_new():
			return
		stay = beds.current_stay(self.staff)
		if not stay or stay.building != self.building:
			frappe.throw(_("The person does not live in this building. Look up the name again."), NoBed)
		self.room, self.staff_name = stay.room, stay.staff_name
		self.came_on = now_datetime()
		self.received_by = frappe.session.user
		self.leave_by = None
		if building.visitors_until:
			self.leave_by = datetime.combine(getdate(self.came_on), get_time(str(building.visitors_until)))

	def check_hours(self) -> None:
		if self.is_new() and self.leave_by and get_datetime(self.leave_by) <= self.came_on:
			frappe.throw(
				_("Visitors are received until {0}.").format(get_datetime(self.leave_by).strftime("%H:%M")),
				VisitorHours,
			)
		if self.left_on and get_datetime(self.left_on) < get_datetime(self.came_on):
			frappe.throw(_("The visitor left before coming. Correct the time."), VisitorHours)
		self.status = "Left" if self.left_on else "Inside"

	@frappe.whitelist(methods=["POST"])
	def leave(self) -> None:
		"""The visitor leaves now. Raises VisitorHours when that was recorded before."""
		self.check_permission("write")
		if self.left_on:
			frappe.throw(_("{0} left already.").format(self.visitor_name), VisitorHours)
		self.left_on = now_datetime()
		self.save()
