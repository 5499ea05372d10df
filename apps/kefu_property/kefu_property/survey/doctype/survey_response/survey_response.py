import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime

from kefu_property.rules import survey_rules
from kefu_property.survey.exceptions import NotAnonymous, ResponseIsFinal


class SurveyResponse(Document):
	"""The answers of one questionnaire (D10). Those of an anonymous survey lead back to nobody."""

	def validate(self) -> None:
		self.check_final()
		self.check_anonymous()
		self.count_satisfied()

	def check_final(self) -> None:
		if not self.is_new():
			frappe.throw(_("A response is never changed."), ResponseIsFinal)

	def check_anonymous(self) -> None:
		named = self.unit or self.resident or self.entered_by or self.answered_on
		if named and self.is_anonymous():
			frappe.throw(_("A response to an anonymous survey names nobody."), NotAnonymous)

	def count_satisfied(self) -> None:
		rated = [row for row in self.answers if row.is_scored]
		self.satisfaction = survey_rules.rate(sum(row.satisfied for row in rated), len(rated)) or 0

	def is_anonymous(self) -> bool:
		return bool(frappe.get_cached_value("Satisfaction Survey", self.survey, "anonymous"))

	def set_user_and_timestamp(self) -> None:
		"""Hour and author would lead from an anonymous response to the one who sent it: all carry the first day."""
		super().set_user_and_timestamp()
		if self.is_anonymous():
			day = get_datetime(frappe.get_cached_value("Satisfaction Survey", self.survey, "opens_on"))
			for row in (self, *self.get_all_children()):
				row.creation = row.modified = day
				row.owner = row.modified_by = "Guest"
