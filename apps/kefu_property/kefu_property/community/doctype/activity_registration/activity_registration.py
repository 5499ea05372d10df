import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from kefu_property.community import guards, registrations
from kefu_property.community.exceptions import AlreadyRegistered, RegistrationClosed
from kefu_property.registry import api as registry
from kefu_property.suite import qr


class ActivityRegistration(Document):
	"""A resident's places at an activity, or a rank on its waiting list (D16)."""

	def before_insert(self) -> None:
		self.check_twice()
		self.set_unit()
		registrations.place(self)
		self.code = frappe.generate_hash(length=8).upper()
		self.active_key = f"{self.activity}|{self.resident}"
		self.registered_on = now_datetime()

	def after_insert(self) -> None:
		registrations.charge(self)

	def validate(self) -> None:
		guards.check_unchanged(self, "remark")

	def check_twice(self) -> None:
		if registrations.mine(self.activity, [self.resident]):
			frappe.throw(_("There is a registration of this resident already. Cancel it first."), AlreadyRegistered)

	def set_unit(self) -> None:
		"""The home that the fee is billed to: one in which the resident has a relation today."""
		if self.unit and registry.lives_or_owns(self.unit, self.resident):
			return
		project = frappe.db.get_value("Community Activity", self.activity, "project")
		homes = [row.unit for row in registry.occupants(project) if row.resident == self.resident]
		if not homes:
			frappe.throw(_("This resident has no home in the project of the activity."), RegistrationClosed)
		self.unit = homes[0]

	def db_insert(self, *args, **kwargs) -> None:
		try:
			super().db_insert(*args, **kwargs)
		except frappe.UniqueValidationError:
			# two windows of one person at the same moment: the unique key holds
			frappe.clear_last_message()
			frappe.throw(_("There is a registration of this resident already. Cancel it first."), AlreadyRegistered)

	def on_trash(self) -> None:
		if self.status != "Cancelled":
			frappe.throw(_("Cancel the registration instead of deleting it."), RegistrationClosed)

	def qr(self) -> str:
		return qr.data_uri(self.code, scale=6)

	@frappe.whitelist(methods=["POST"])
	def cancel_registration(self) -> None:
		"""Give the places back, free of charge (the office)."""
		self.check_permission("write")
		registrations.cancel(self.name, by_office=True)
