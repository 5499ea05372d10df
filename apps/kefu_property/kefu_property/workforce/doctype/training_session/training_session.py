import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, get_url, now_datetime, today

from kefu_property.suite import qr
from kefu_property.workforce import people, training
from kefu_property.workforce.exceptions import ReviewTooEarly, SessionNotPossible


class TrainingSession(Document):
	"""A course held once: people, attendance by code, test, certificates, effect (D28)."""

	def before_insert(self) -> None:
		self.attendance_code = frappe.generate_hash(length=20)

	def validate(self) -> None:
		self.check_times()
		self.check_people()
		self.take_hours()
		self.check_review()
		self.count()

	def check_times(self) -> None:
		if get_datetime(self.ends_on) <= get_datetime(self.starts_on):
			frappe.throw(_("The session ends before it begins. Correct the times."), SessionNotPossible)

	def check_people(self) -> None:
		names = [row.staff for row in self.participants]
		for row in self.participants:
			if names.count(row.staff) > 1:
				frappe.throw(_("{0} stands twice among the participants.").format(row.staff_name), SessionNotPossible)
		projects = frappe.get_all(
			"Staff Member", filters={"name": ["in", names or [""]]}, pluck="project", distinct=True
		)
		if set(projects) - {self.project}:
			frappe.throw(_("The participants are of the session's project."), SessionNotPossible)
		# scores come from tests only
		before = self.get_doc_before_save()
		known = {row.name: row for row in before.participants} if before else {}
		for row in self.participants:
			old = known.get(row.name)
			row.score, row.passed = (old.score, old.passed) if old else (0, 0)

	def take_hours(self) -> None:
		self.hours = frappe.get_cached_value("Training Course", self.course, "hours")

	def check_review(self) -> None:
		if not self.effect:
			return
		if self.status != "Done":
			frappe.throw(_("Review the effect when the session is done."), ReviewTooEarly)
		if not self.findings:
			frappe.throw(_("Write what was found."), ReviewTooEarly)
		if not self.reviewed_on:
			self.reviewed_by, self.reviewed_on = frappe.session.user, today()

	def count(self) -> None:
		"""Rates of those invited, those who attended, and the average of the ratings given."""
		there = [row for row in self.participants if row.attended]
		ratings = [row.rating for row in there if row.rating]
		self.attendance_rate = 100 * len(there) / len(self.participants) if self.participants else 0
		self.pass_rate = 100 * sum(1 for row in there if row.passed) / len(there) if there else 0
		self.average_rating = sum(ratings) / len(ratings) if ratings else 0

	@frappe.whitelist(methods=["POST"])
	def add_people(self, department: str | None = None, post: str | None = None) -> int:
		"""Invite everybody of the project who works there, of a department or a post when named. Returns how many came."""
		self.check_permission("write")
		filters = {"project": self.project, "status": ["in", people.IN_SERVICE]}
		filters |= {key: value for key, value in {"department": department, "post": post}.items() if value}
		have = {row.staff for row in self.participants}
		rows = frappe.get_all("Staff Member", filters=filters, fields=["name", "staff_name"], order_by="staff_no")
		new = [row for row in rows if row.name not in have]
		for row in new:
			self.append("participants", {"staff": row.name, "staff_name": row.staff_name})
		self.save()
		return len(new)

	@frappe.whitelist()
	def code(self) -> dict:
		"""What the trainer's screen shows: `picture` (QR code as data URI) and `link`."""
		self.check_permission("write")
		link = get_url(f"/app/training-room/{self.attendance_code}")
		return {"picture": qr.data_uri(link, scale=6), "link": link}

	@frappe.whitelist(methods=["POST"])
	def finish(self) -> dict:
		"""Close the session and issue certificates: for a course with a test to those who passed, else to those who attended."""
		self.check_permission("write")
		if self.status == "Called Off":
			frappe.throw(_("The session was called off."), SessionNotPossible)
		if now_datetime() < get_datetime(self.starts_on):
			frappe.throw(_("The session has not begun. Call it off, or finish it afterwards."), SessionNotPossible)
		training.lock(self.name)
		self.reload()
		self.status = "Done"
		self.save()
		test = frappe.get_cached_value("Training Course", self.course, "test_questions")
		earned = [row.staff for row in self.participants if row.attended and (row.passed or not test)]
		return {"certificates": training.issue(self.name, earned)}
