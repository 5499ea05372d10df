import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.rules.money import D, sum_money
from kefu_property.workforce.exceptions import SessionNotPossible


class TrainingPlan(Document):
	"""Courses of a year: when, for whom, by whom, at what cost; approved (D28)."""

	def validate(self) -> None:
		if not 2000 < self.year < 2100:
			frappe.throw(_("Enter the year with four digits."), SessionNotPossible)
		hours = dict(
			frappe.get_all(
				"Training Course",
				filters={"name": ["in", [row.course for row in self.lines] or [""]]},
				fields=["name", "hours"],
				as_list=True,
			)
		)
		self.hours = sum(hours.get(row.course) or 0 for row in self.lines)
		self.budget = sum_money(D(str(row.budget or 0)) for row in self.lines)

	def before_submit(self) -> None:
		if not self.lines:
			frappe.throw(_("The plan has no course. Add one."), SessionNotPossible)

	@frappe.whitelist()
	def progress(self) -> list[dict]:
		"""What became of the plan: per course `course`, `planned`, `held`, `people`, `expected`."""
		self.check_permission("read")
		session, row = frappe.qb.DocType("Training Session"), frappe.qb.DocType("Training Participant")
		held = (
			frappe.qb.from_(session)
			.select(session.course, frappe.query_builder.functions.Count(session.name).as_("held"))
			.where((session.plan == self.name) & session.status.isin(["Running", "Done"]))
			.groupby(session.course)
			.run(as_dict=True)
		)
		attended = dict(
			frappe.qb.from_(session)
			.join(row)
			.on(row.parent == session.name)
			.select(session.course, frappe.query_builder.functions.Count(row.name))
			.where((session.plan == self.name) & (row.attended == 1))
			.groupby(session.course)
			.run()
		)
		held = {entry.course: entry.held for entry in held}
		names = dict(frappe.get_all("Training Course", fields=["name", "course_name"], as_list=True))
		result: dict[str, dict] = {}
		for line in self.lines:
			entry = result.setdefault(
				line.course,
				{
					"course": names.get(line.course, line.course),
					"planned": 0,
					"held": held.get(line.course, 0),
					"people": attended.get(line.course, 0),
					"expected": 0,
				},
			)
			entry["planned"] += 1
			entry["expected"] += line.people or 0
		return list(result.values())
