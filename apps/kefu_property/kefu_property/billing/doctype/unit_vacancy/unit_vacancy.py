import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from kefu_property.billing.exceptions import WrongVacancy


class UnitVacancy(Document):
	"""Dated and proved vacancy of a unit; a tariff may charge less for it (L10)."""

	def validate(self):
		self.project = frappe.get_cached_value("Property Unit", self.unit, "project")
		self.check_dates()
		self.check_overlap()
		self.check_approved_stays()

	def check_dates(self):
		if self.to_date and getdate(self.to_date) < getdate(self.from_date):
			frappe.throw(_("The vacancy ends before it begins."), WrongVacancy)

	def check_overlap(self):
		for other in frappe.get_all(
			"Unit Vacancy",
			filters={"unit": self.unit, "name": ["!=", self.name or ""], "workflow_state": ["!=", "Rejected"]},
			fields=["from_date", "to_date"],
		):
			begins_in_time = not self.to_date or getdate(other.from_date) <= getdate(self.to_date)
			if begins_in_time and (not other.to_date or getdate(other.to_date) >= getdate(self.from_date)):
				frappe.throw(
					_("The unit has another vacancy from {0}.").format(frappe.utils.formatdate(other.from_date)),
					WrongVacancy,
				)

	def check_approved_stays(self):
		before = self.get_doc_before_save()
		if not before or before.workflow_state != "Approved":
			return
		if self.has_value_changed("unit") or self.has_value_changed("from_date") or self.has_value_changed("evidence"):
			frappe.throw(_("Only the end of an approved vacancy is changed."), WrongVacancy)

	def on_trash(self):
		if self.workflow_state == "Approved":
			frappe.throw(_("An approved vacancy is not deleted; it ends."), WrongVacancy)


def on_doctype_update():
	frappe.db.add_index("Unit Vacancy", ["project", "workflow_state", "from_date"])
