import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.rules.service_clock import InvalidSpan
from kefu_property.service_desk import standards
from kefu_property.service_desk.exceptions import InvalidStandard

TOKEN_LENGTH = 32


class ServiceStandard(Document):
	"""What a project promises: deadlines by kind and severity, working time, follow-up, hotline (L13)."""

	def before_insert(self) -> None:
		for field, rows in standards.default_rows().items():
			if not self.get(field):
				self.set(field, rows)

	def validate(self) -> None:
		self.check_deadlines()
		self.check_hours()
		self.check_shares()
		self.check_token()

	def check_deadlines(self) -> None:
		seen = set()
		for row in self.deadlines:
			key = (row.kind, row.severity)
			if key in seen:
				frappe.throw(
					_("{0}, {1} has two rows of deadlines. Keep one.").format(_(row.kind), _(row.severity)),
					InvalidStandard,
				)
			seen.add(key)
			if row.first_answer_minutes > row.feedback_minutes:
				frappe.throw(
					_("{0}, {1}: the first answer cannot be due after the feedback.").format(
						_(row.kind), _(row.severity)
					),
					InvalidStandard,
				)
			if row.close_days < 1:
				frappe.throw(
					_("{0}, {1}: closing takes at least one day.").format(_(row.kind), _(row.severity)), InvalidStandard
				)

	def check_hours(self) -> None:
		try:
			calendar = standards.calendar_of(self)
		except InvalidSpan:
			frappe.throw(
				_("Working hours overlap, or end before they begin. Correct the rows of working time."), InvalidStandard
			)
		if not any(calendar.week.values()):
			frappe.throw(_("Enter working hours for at least one day of the week."), InvalidStandard)

	def check_shares(self) -> None:
		for fieldname in ("complaint_share", "repair_share", "enquiry_share", "warn_share"):
			if not 0 <= (self.get(fieldname) or 0) <= 100:
				frappe.throw(
					_("{0} lies between 0 and 100 %.").format(_(self.meta.get_label(fieldname))), InvalidStandard
				)

	def check_token(self) -> None:
		token = self.hotline_token or ""
		if token and not self.is_dummy_password(token) and len(token) < TOKEN_LENGTH:
			frappe.throw(
				_("The token of the telephone system has at least {0} characters.").format(TOKEN_LENGTH),
				InvalidStandard,
			)
