import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, getdate, now_datetime

from kefu_property.office import duty
from kefu_property.office.exceptions_desk import DutyUsed, NotInRoster, PersonTwice, RosterExists
from kefu_property.rules import duty_rules


class PostRoster(Document):
	"""Who works which shift of a post in one month; its shifts come into force with the approval (D11)."""

	def validate(self) -> None:
		duty.check_same_project(self, ("post", "Duty Post"), ("pattern", "Duty Pattern"))
		self.month = getdate(self.month).replace(day=1)
		self.title = f"{frappe.get_cached_value('Duty Post', self.post, 'post_name')} {self.month:%Y-%m}"
		self.check_only_one()
		self.check_staff()
		if not self.slots:
			self.fill()
		self.check_slots()
		self.check_clashes()
		self.find_gaps()

	def check_only_one(self) -> None:
		duty.lock_post(self.post)
		other = frappe.db.exists(
			"Post Roster",
			{"post": self.post, "month": self.month, "docstatus": ["<", 2], "name": ["!=", self.name or ""]},
		)
		if other:
			frappe.throw(
				_("{0} has the roster {1} for this month. Change or cancel that one.").format(self.post, other),
				RosterExists,
			)

	def check_staff(self) -> None:
		people = [row.staff for row in self.staff]
		twice = next((person for person in people if people.count(person) > 1), None)
		if twice:
			frappe.throw(
				_("{0} stands twice in the roster. Remove one of the rows.").format(frappe.utils.get_fullname(twice)),
				PersonTwice,
			)

	def fill(self) -> None:
		"""Write the days of the month by the pattern's cycle; days off have no row."""
		pattern = frappe.get_cached_doc("Duty Pattern", self.pattern)
		cycle = duty_rules.parse_cycle(pattern.cycle)
		starts = duty_rules.positions(len(self.staff), pattern.stagger or 0, len(cycle))
		for row, start in zip(self.staff, starts, strict=True):
			row.position = row.position if 0 < (row.position or 0) <= len(cycle) else start
		plan = duty_rules.month_plan(cycle, [row.position for row in self.staff], self.month)
		self.set("slots", [])
		for row, codes in zip(self.staff, plan, strict=True):
			for day, code in zip(duty_rules.days_of_month(self.month), codes, strict=True):
				if code != duty_rules.OFF:
					self.append("slots", {"day": day, "staff": row.staff, "shift_code": code})

	def check_slots(self) -> None:
		people = {row.staff for row in self.staff}
		self.set("slots", [row for row in self.slots if row.staff in people])
		codes = frappe.get_cached_doc("Duty Pattern", self.pattern).hours()
		days = set(duty_rules.days_of_month(self.month))
		for row in self.slots:
			if row.shift_code not in codes or getdate(row.day) not in days:
				frappe.throw(
					_("{0} on {1} is no shift of this roster. Generate the month again.").format(
						row.shift_code, format_date(row.day)
					),
					NotInRoster,
				)

	def spans(self) -> list[tuple]:
		hours = frappe.get_cached_doc("Duty Pattern", self.pattern).hours()
		return [
			(row.staff, *duty_rules.shift_times(getdate(row.day), *hours[row.shift_code][1:])) for row in self.slots
		]

	def check_clashes(self) -> None:
		mine = frappe.get_all("Post Shift", filters={"roster": self.name or ""}, pluck="name")
		duty.check_free(self.spans(), leave_out=mine)

	def find_gaps(self) -> None:
		needed = frappe.get_cached_value("Duty Post", self.post, "staff_needed") or 0
		codes = [row.shift_code for row in frappe.get_cached_doc("Duty Pattern", self.pattern).shifts]
		missing = duty_rules.uncovered(
			duty_rules.days_of_month(self.month),
			codes,
			((getdate(row.day), row.shift_code) for row in self.slots),
			needed,
		)
		self.gaps = len(missing)
		self.gap_text = "\n".join(
			_("{0} shift {1}: {2} missing").format(format_date(day), code, count) for day, code, count in missing
		)

	def on_submit(self) -> None:
		hours = frappe.get_cached_doc("Duty Pattern", self.pattern).hours()
		post = frappe.get_cached_value("Duty Post", self.post, "post_name")
		names = dict(
			frappe.get_all(
				"User",
				filters={"name": ["in", [row.staff for row in self.staff]]},
				fields=["name", "full_name"],
				as_list=True,
			)
		)
		for row, (_staff, begin, end) in zip(self.slots, self.spans(), strict=True):
			frappe.get_doc(  # lint: allow query-in-loop: a new document, no query
				{
					"doctype": "Post Shift",
					"project": self.project,
					"post": self.post,
					"roster": self.name,
					"title": f"{post} {hours[row.shift_code][0]} {names[row.staff]}",
					"staff": row.staff,
					"staff_name": names[row.staff],
					"shift_code": row.shift_code,
					"shift_name": hours[row.shift_code][0],
					"day": row.day,
					"starts_on": begin,
					"ends_on": end,
				}
			).insert(ignore_permissions=True)  # the approved roster makes them; nobody may write them by hand

	def before_cancel(self) -> None:
		begun = frappe.db.exists("Post Shift", {"roster": self.name, "starts_on": ["<=", now_datetime()]})
		if begun:
			frappe.throw(
				_("Shifts of this roster have begun. Change single shifts by a swap instead."),
				DutyUsed,
			)

	def on_cancel(self) -> None:
		frappe.db.delete("Post Shift", {"roster": self.name})

	@frappe.whitelist(methods=["POST"])
	def generate(self) -> None:
		"""Write the month anew by the pattern; what was changed by hand is lost."""
		self.check_permission("write")
		self.set("slots", [])
		self.save()

	@frappe.whitelist(methods=["POST"])
	def set_day(self, staff: str, day: str, shift_code: str) -> None:
		"""Give a person another shift on a day; `-` is a day off. Raises DutyClash, NotInRoster."""
		self.check_permission("write")
		day = getdate(day)
		self.set("slots", [row for row in self.slots if (row.staff, getdate(row.day)) != (staff, day)])
		if staff not in {row.staff for row in self.staff}:
			frappe.throw(_("{0} is not in this roster.").format(staff), NotInRoster)
		if shift_code != duty_rules.OFF:
			self.append("slots", {"day": day, "staff": staff, "shift_code": shift_code})
		self.save()
