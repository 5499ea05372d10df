import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime
from frappe.utils.xlsxutils import make_xlsx

from kefu_property.workforce import months, people, rosters
from kefu_property.workforce.exceptions import RosterInvalid, RosterTwice


class StaffAttendanceSheet(Document):
	"""Attendance of a month as a paper: computed, approved, printed, then frozen (S6)."""

	def validate(self) -> None:
		rosters.month_days(self.month)
		people.check_same_project(self, ("department", "Staff Department"))
		self.check_once()
		if self.is_new() or self.has_value_changed("month") or self.has_value_changed("department"):
			self.fill()

	def check_once(self) -> None:
		other = frappe.db.get_value(
			"Staff Attendance Sheet",
			{
				"project": self.project,
				"month": self.month,
				"department": self.department or ["is", "not set"],
				"docstatus": ["<", 2],
				"name": ["!=", self.name or ""],
			},
		)
		if other:
			frappe.throw(_("The sheet {0} is for the same month.").format(other), RosterTwice)

	def fill(self) -> None:
		self.set("lines", [])
		for line in months.judge(self.project, self.month, self.department or None):
			self.append(
				"lines",
				{
					"staff": line.staff.name,
					"staff_name": line.staff.staff_name,
					"post": line.staff.post,
					"due_days": float(line.due),
					"present_days": float(line.present),
					"leave_days": float(line.leave),
					"absent_days": float(line.absent),
					"late_count": line.late_count,
					"late_minutes": line.late_minutes,
					"early_count": line.early_count,
					"missing_punches": line.missing,
					"overtime_hours": float(line.overtime),
					"marks": ",".join(line.marks),
				},
			)
		self.people = len(self.lines)
		self.computed_on = now_datetime()

	def before_submit(self) -> None:
		if self.month >= now_datetime().strftime("%Y-%m"):
			frappe.throw(_("The month is not over. Approve the sheet afterwards."), RosterInvalid)
		if not self.lines:
			frappe.throw(_("Nobody worked here in this month."), RosterInvalid)

	@frappe.whitelist(methods=["POST"])
	def compute(self) -> int:
		"""Compute the sheet anew from check-ins, leave and overtime. Returns the number of people."""
		self.check_permission("write")
		if not self.docstatus.is_draft():
			frappe.throw(_("An approved sheet stays as it is."), RosterInvalid)
		self.fill()
		self.save()
		return self.people

	def days(self) -> list[int]:
		"""Numbers of the month's days, for the paper."""
		return [day.day for day in rosters.month_days(self.month)]


@frappe.whitelist()
def excel(name: str) -> None:
	"""Download a sheet as an Excel workbook: a row per person, a column per day, then the sums."""
	doc = frappe.get_doc("Staff Attendance Sheet", name)
	doc.check_permission("read")
	sums = {
		"due_days": _("Due Days"),
		"present_days": _("Days Present"),
		"leave_days": _("Days of Leave"),
		"absent_days": _("Days Absent"),
		"late_count": _("Times Late"),
		"late_minutes": _("Minutes Late"),
		"early_count": _("Times Early"),
		"missing_punches": _("Missing Check-ins"),
		"overtime_hours": _("Overtime Hours"),
	}
	rows = [[_("Staff No"), _("Name"), _("Job Post"), *doc.days(), *sums.values()]]
	for line in doc.lines:
		rows.append(
			[
				line.staff,
				line.staff_name,
				line.post or "",
				*(line.marks or "").split(","),
				*(line.get(key) for key in sums),
			]
		)
	frappe.response["filename"] = f"{name}.xlsx"
	frappe.response["filecontent"] = make_xlsx(rows, doc.month).getvalue()
	frappe.response["type"] = "binary"
