from frappe.model.document import Document


class SurveySettings(Document):
	pass
