import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.billing.exceptions import WrongReading
from kefu_property.rules.money import D


class UtilityMeter(Document):
	"""A water, power, gas or heat meter of a unit or of the common parts."""

	def validate(self):
		self.check_place()
		self.check_register()
		self.begin_counting()

	def check_place(self):
		if self.is_common:
			self.unit = None
		else:
			self.building = frappe.get_cached_value("Property Unit", self.unit, "building")
		for doctype, name in (("Property Building", self.building), ("Property Unit", self.unit)):
			if name and frappe.get_cached_value(doctype, name, "project") != self.project:
				frappe.throw(_("{0} belongs to another project than the meter.").format(name), WrongReading)

	def check_register(self):
		if not 1 <= int(self.digits or 0) <= 9:
			frappe.throw(_("A register has 1 to 9 whole digits."), WrongReading)
		if D(self.multiplier) <= 0:
			frappe.throw(_("The multiplier is a number above 0."), WrongReading)
		if not 0 <= D(self.start_value) < 10 ** int(self.digits):
			frappe.throw(_("The first reading does not fit the digits of the register."), WrongReading)

	def begin_counting(self):
		"""Before its first reading a meter counts from what it showed at installation."""
		if not self.last_read_on:
			self.base_value, self.base_estimated = self.start_value, 0


def on_doctype_update():
	frappe.db.add_index("Utility Meter", ["project", "meter_kind", "building"])
	frappe.db.add_unique("Utility Meter", ["project", "meter_kind", "meter_no"])
