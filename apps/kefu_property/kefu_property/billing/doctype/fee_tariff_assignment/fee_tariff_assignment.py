import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from kefu_property.billing.exceptions import WrongAssignment


class FeeTariffAssignment(Document):
	"""Which units a tariff concerns: project, building, unit type, or one unit as an exception. The most special one counts."""

	def validate(self):
		self.project, self.fee_item = frappe.get_cached_value("Fee Tariff", self.tariff, ["project", "fee_item"])
		self.check_place()
		self.check_dates()

	def check_place(self):
		if self.unit and (self.building or self.unit_type):
			frappe.throw(_("An exception names the unit only, without building and type."), WrongAssignment)
		for doctype, name in (("Property Building", self.building), ("Property Unit", self.unit)):
			if name and frappe.get_cached_value(doctype, name, "project") != self.project:
				frappe.throw(_("{0} belongs to another project than the tariff.").format(name), WrongAssignment)

	def check_dates(self):
		if self.from_date and self.to_date and getdate(self.to_date) < getdate(self.from_date):
			frappe.throw(_("The assignment ends before it begins."), WrongAssignment)
