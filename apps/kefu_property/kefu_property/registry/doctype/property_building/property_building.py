from frappe.model.document import Document

from kefu_property.registry.doctype.property_project.property_project import clean_code


class PropertyBuilding(Document):
	"""A building of a project; its code begins the codes of its homes."""

	def before_naming(self) -> None:
		self.building_code = clean_code(self.building_code, "Building Code")
