import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from kefu_property.registry import occupancies
from kefu_property.registry.exceptions import ResidentDisabled, WrongProject
from kefu_property.rules import occupancy as rules


class UnitOccupancy(Document):
	"""Who holds or lives in a home from when to when, and who pays (D1, D19, L9)."""

	def validate(self) -> None:
		self.check_project()
		self.check_resident()
		self.clear_share_of_others()
		self.check_against_the_home()
		self.status = rules.status_on(self.as_row(), getdate())

	def on_update(self) -> None:
		before = self.get_doc_before_save()
		occupancies.refresh_units({self.unit, before.unit if before else self.unit})

	def after_delete(self) -> None:
		occupancies.refresh_units([self.unit])

	def check_project(self) -> None:
		for doctype, name in (("Property Unit", self.unit), ("Resident", self.resident)):
			if frappe.db.get_value(doctype, name, "project") != self.project:
				frappe.throw(_("{0} is not of project {1}.").format(_(doctype), self.project), WrongProject)

	def check_resident(self) -> None:
		name, disabled = frappe.db.get_value("Resident", self.resident, ["resident_name", "disabled"])
		if disabled and self.has_value_changed("resident"):
			frappe.throw(
				_("{0} is disabled. Choose the record that it was merged into.").format(name), ResidentDisabled
			)
		self.resident_name = name

	def clear_share_of_others(self) -> None:
		if self.relation not in rules.HOLDERS:
			self.share = 0

	def check_against_the_home(self) -> None:
		"""Dates, payer and shares fit the other rows of the home. Raises the exception of the broken rule."""
		rows = occupancies.rows_of([self.unit], lock=True).get(self.unit, [])
		occupancies.check(self.unit, [*(row for row in rows if row["name"] != self.name), self.as_row()])

	def as_row(self) -> dict:
		return {
			"name": self.name,
			"resident": self.resident,
			"resident_name": self.resident_name,
			"relation": self.relation,
			"share": self.share,
			"is_payer": self.is_payer,
			"from_date": getdate(self.from_date),
			"to_date": getdate(self.to_date) if self.to_date else None,
		}


def on_doctype_update() -> None:
	# the billing run reads the payers of a project over a period
	frappe.db.add_index("Unit Occupancy", ["project", "is_payer", "from_date"])
	frappe.db.add_index("Unit Occupancy", ["unit", "from_date"])
