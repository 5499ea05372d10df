import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from kefu_property.registry.exceptions import DuplicatePlate, InvalidPlate, OccupancyDates, WrongProject
from kefu_property.rules.plates import normalise_plate, plate_kind


class ResidentVehicle(Document):
	"""A vehicle of a resident with its parking space (D1)."""

	def validate(self) -> None:
		self.check_plate()
		self.check_project()
		self.check_dates()
		self.check_single_use()

	def check_plate(self) -> None:
		self.plate_number = normalise_plate(self.plate_number)
		self.plate_kind = plate_kind(self.plate_number)
		if not self.plate_kind:
			frappe.throw(
				_("{0} is no number plate. Write province, letter and five or six characters.").format(
					self.plate_number
				),
				InvalidPlate,
			)

	def check_project(self) -> None:
		for doctype, name in (("Resident", self.resident), ("Property Unit", self.unit)):
			if name and frappe.db.get_value(doctype, name, "project") != self.project:
				frappe.throw(_("{0} is not of project {1}.").format(_(doctype), self.project), WrongProject)

	def check_dates(self) -> None:
		if self.from_date and self.to_date and getdate(self.to_date) < getdate(self.from_date):
			frappe.throw(_("The last day lies before the first. Correct the dates."), OccupancyDates)

	def check_single_use(self) -> None:
		if self.status != "Active":
			return
		other = frappe.db.get_value(
			"Resident Vehicle",
			{"project": self.project, "plate_number": self.plate_number, "status": "Active", "name": ["!=", self.name]},
			"resident",
		)
		if other:
			owner = frappe.db.get_value("Resident", other, "resident_name")
			frappe.throw(
				_("{0} is registered for {1} already. End that entry first.").format(self.plate_number, owner),
				DuplicatePlate,
			)
