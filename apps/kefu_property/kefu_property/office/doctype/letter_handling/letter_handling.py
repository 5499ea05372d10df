from frappe.model.document import Document


class LetterHandling(Document):
	pass
