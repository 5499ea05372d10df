from frappe.model.document import Document


class PublicityCampaignChannel(Document):
	pass
