from frappe.model.document import Document


class HandoverSettingsPaper(Document):
	pass
