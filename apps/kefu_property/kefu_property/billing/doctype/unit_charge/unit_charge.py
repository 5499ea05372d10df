import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.billing import charges, payments
from kefu_property.billing.exceptions import ChargeSettled


class UnitCharge(Document):
	"""An amount for one unit outside the tariffs: an imported utility amount, a paid service, damage (D2)."""

	def validate(self):
		self.project = frappe.get_cached_value("Property Unit", self.unit, "project")
		self.amount = str(payments.money(self.amount))
		self.check_settled()

	def check_settled(self):
		before = self.get_doc_before_save()
		if not before or before.workflow_state != "Approved":
			return
		if any(self.has_value_changed(field) for field in ("unit", "fee_item", "charge_date", "amount", "description")):
			frappe.throw(_("An approved charge is not changed."), ChargeSettled)

	def on_trash(self):
		if bill := charges.bill_of(self.name):
			frappe.throw(_("This charge is on bill {0} already.").format(bill), ChargeSettled)


def on_doctype_update():
	frappe.db.add_index("Unit Charge", ["unit", "fee_item", "charge_date"])
	frappe.db.add_index("Unit Charge", ["project", "workflow_state", "modified"])
