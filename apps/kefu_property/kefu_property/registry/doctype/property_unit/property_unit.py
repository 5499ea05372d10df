import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt, getdate

from kefu_property.registry.doctype.property_project.property_project import clean_code
from kefu_property.registry.exceptions import ImplausibleArea, WrongProject
from kefu_property.rules.roster import LARGEST_AREA


class PropertyUnit(Document):
	"""A home, shop, office, parking space or storage room: what fees are charged on (D1)."""

	def before_naming(self) -> None:
		self.unit_code = clean_code(self.unit_code, "Unit Code")

	def validate(self) -> None:
		self.check_building()
		self.check_areas()
		self.note_vacancy()

	def check_building(self) -> None:
		if frappe.db.get_value("Property Building", self.building, "project") != self.project:
			frappe.throw(
				_("Building {0} is not of project {1}. Choose a building of the project.").format(
					self.building, self.project
				),
				WrongProject,
			)

	def check_areas(self) -> None:
		building, inner = flt(self.building_area, 2), flt(self.inner_area, 2)
		if building < 0 or inner < 0:
			frappe.throw(_("An area cannot be negative. Correct it."), ImplausibleArea)
		if building > LARGEST_AREA:
			frappe.throw(
				_("{0} m² is larger than any unit. Check the unit of measure.").format(building), ImplausibleArea
			)
		if building and inner > building:
			frappe.throw(
				_("The inner area {0} m² exceeds the building area {1} m². Exchange or correct them.").format(
					inner, building
				),
				ImplausibleArea,
			)

	def note_vacancy(self) -> None:
		"""The date since which a home is vacant is evidence for a reduced fee (L10)."""
		if self.state != "Vacant":
			self.vacant_since = None
		elif not self.vacant_since and self.has_value_changed("state"):
			self.vacant_since = getdate()


def on_doctype_update() -> None:
	frappe.db.add_index("Property Unit", ["project", "unit_code"])
