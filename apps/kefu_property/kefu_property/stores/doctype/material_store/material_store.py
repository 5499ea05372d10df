import frappe
from frappe.model.document import Document


class MaterialStore(Document):
	"""A store room of a project with its shelves (D15)."""

	def validate(self) -> None:
		lines = (line.strip() for line in (self.shelves or "").splitlines())
		self.shelves = "\n".join(dict.fromkeys(line for line in lines if line))

	def on_update(self) -> None:
		"""A project has one default store."""
		if self.is_default:
			frappe.db.set_value(
				"Material Store", {"project": self.project, "name": ["!=", self.name], "is_default": 1}, "is_default", 0
			)
