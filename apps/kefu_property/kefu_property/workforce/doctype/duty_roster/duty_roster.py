import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from kefu_property.workforce import people, rosters
from kefu_property.workforce.exceptions import RosterInvalid, RosterTwice


class DutyRoster(Document):
	"""Who works which shift on which day of a month; approved, then published to the people (S6)."""

	def validate(self) -> None:
		people.check_same_project(self, ("department", "Staff Department"))
		days = rosters.month_days(self.month)
		self.check_people()
		self.check_lines(len(days))

	def check_people(self) -> None:
		names = [row.staff for row in self.lines]
		files = {
			row.name: row
			for row in frappe.get_all(
				"Staff Member", filters={"name": ["in", names or [""]]}, fields=["name", "staff_name", "project"]
			)
		}
		for row in self.lines:
			file = files.get(row.staff)
			if file and file.project != self.project:
				frappe.throw(
					_("Row {0}: {1} belongs to another project.").format(row.idx, file.staff_name), RosterInvalid
				)
			if names.count(row.staff) > 1:
				frappe.throw(
					_("Row {0}: {1} stands twice in this roster.").format(row.idx, row.staff_name or row.staff),
					RosterTwice,
				)

	def check_lines(self, days: int) -> None:
		"""Each line has a known shift, or a rest, for every day of the month; what is left out is a rest."""
		known = {*rosters.shifts_of(self.project), rosters.REST}
		for row in self.lines:
			codes = [code or rosters.REST for code in rosters.codes(row.days)]
			codes += [rosters.REST] * (days - len(codes))
			unknown = next((code for code in codes if code not in known), None)
			if unknown or len(codes) > days:
				frappe.throw(
					_("Row {0}: {1} is no shift of {2}.").format(row.idx, unknown, self.project)
					if unknown
					else _("Row {0}: the month has {1} days.").format(row.idx, days),
					RosterInvalid,
				)
			row.days = ",".join(codes)

	def before_submit(self) -> None:
		if not self.lines:
			frappe.throw(_("The roster is empty. Add people first."), RosterInvalid)
		# two rosters with the same person are published one after another
		table = frappe.qb.DocType("Property Project")
		frappe.qb.from_(table).select(table.name).where(table.name == self.project).for_update().run()
		self.check_once()
		self.published_on = now_datetime()

	def check_once(self) -> None:
		roster, line = frappe.qb.DocType("Duty Roster"), frappe.qb.DocType("Duty Roster Line")
		other = (
			frappe.qb.from_(roster)
			.join(line)
			.on((line.parent == roster.name) & (line.parenttype == "Duty Roster"))
			.select(line.staff_name, roster.name)
			.where((roster.month == self.month) & (roster.docstatus == 1) & (roster.name != self.name))
			.where(line.staff.isin([row.staff for row in self.lines]))
			.limit(1)
			.for_update()
			.run()
		)
		if other:
			frappe.throw(_("{0} stands in the roster {1} of this month.").format(*other[0]), RosterTwice)

	def before_update_after_submit(self) -> None:
		"""A published roster may be changed day by day, not person by person."""
		self.validate()
		before = self.get_doc_before_save()
		if before and {row.staff for row in before.lines} != {row.staff for row in self.lines}:
			frappe.throw(_("People of a published roster stay. Make another roster for new people."), RosterInvalid)

	@frappe.whitelist(methods=["POST"])
	def add_people(self) -> int:
		"""Add everybody of the project (of the department, when one is named) who works there. Returns how many came."""
		self.check_permission("write")
		have = {row.staff for row in self.lines}
		filters = {"project": self.project, "status": ["in", people.IN_SERVICE]}
		if self.department:
			filters["department"] = self.department
		rows = frappe.get_all("Staff Member", filters=filters, fields=["name", "staff_name"], order_by="staff_no")
		new = [row for row in rows if row.name not in have]
		for row in new:
			self.append("lines", {"staff": row.name, "staff_name": row.staff_name})
		self.save()
		return len(new)

	def days(self) -> list[int]:
		"""Numbers of the month's days, for the paper."""
		return [day.day for day in rosters.month_days(self.month)]
