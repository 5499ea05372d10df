from frappe.model.document import Document

from kefu_property.survey.doctype.satisfaction_survey.satisfaction_survey import number_questions


class SurveyTemplate(Document):
	"""A questionnaire to start surveys from (D10)."""

	def validate(self) -> None:
		number_questions(self)
