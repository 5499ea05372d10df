from frappe.model.document import Document


class SurveyAudienceBuilding(Document):
	pass
