import frappe
from frappe.utils.nestedset import NestedSet


class FacilityCategory(NestedSet):
	"""Kind of facility in a tree; what is below takes over whether it is common, fire, sanitation, green or advertising."""

	nsm_parent_field = "parent_facility_category"

	def validate(self) -> None:
		if self.parent_facility_category:
			self.kind = frappe.db.get_value("Facility Category", self.parent_facility_category, "kind")
