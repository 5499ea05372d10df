import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, today

from kefu_property.billing import dunning
from kefu_property.billing.exceptions import BadPeriod, RunStateError

OPEN_STATES = ("Draft", "Previewed")


class DunningRun(Document):
	"""The next step for each debtor of a project: preview, approval, work to do. See `billing/dunning.py`."""

	def validate(self):
		self.check_day()
		self.check_scope()

	def on_update(self):
		before = self.get_doc_before_save()
		if before and before.workflow_state != "Approved" and self.workflow_state == "Approved":
			dunning.execute(self)

	def on_trash(self):
		if self.workflow_state not in OPEN_STATES:
			frappe.throw(_("A run that was submitted for approval stays on record."), RunStateError)
		dunning.discard(self.name)

	def check_day(self):
		if getdate(self.as_of) > getdate(today()):
			frappe.throw(_("Debts are demanded as of today at most."), BadPeriod)

	def check_scope(self):
		before = self.get_doc_before_save()
		if not before or (getdate(before.as_of) == getdate(self.as_of) and before.building == self.building):
			return
		if before.workflow_state not in OPEN_STATES:
			frappe.throw(_("The scope of a run is fixed once it is submitted for approval."), RunStateError)
		self.workflow_state = "Draft"
