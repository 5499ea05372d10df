import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from kefu_property.billing import runs
from kefu_property.billing.exceptions import BadPeriod, RunStateError
from kefu_property.rules.periods import add_months

LONGEST_MONTHS = 12
OPEN_STATES = ("Draft", "Previewed")


class BillingRun(Document):
	"""Bills of a project for a period (D2): preview, approval, publication in the background. See `billing/runs.py`."""

	def validate(self):
		self.check_period()
		self.check_scope()

	def onload(self):
		self.set_onload("skips", runs.skip_summary(self.name))

	def check_period(self):
		start, end = getdate(self.period_start), getdate(self.period_end)
		if end < start or end >= add_months(start, LONGEST_MONTHS):
			frappe.throw(
				_("The period must end after it begins and last at most {0} months.").format(LONGEST_MONTHS), BadPeriod
			)

	def check_scope(self):
		"""What was previewed and approved stays as it was seen; another scope goes back to the draft."""
		before = self.get_doc_before_save()
		if not before or self.flags.by_system:
			return
		changed = [row.fee_item for row in self.items] != [row.fee_item for row in before.items] or getdate(
			self.posting_date
		) != getdate(before.posting_date)
		if not changed:
			return
		if before.workflow_state not in OPEN_STATES:
			frappe.throw(_("The scope of a run is fixed once it is submitted for approval."), RunStateError)
		self.workflow_state = "Draft"

	def on_trash(self):
		if frappe.db.exists("Fee Invoice", {"billing_run": self.name}):
			frappe.throw(_("A run that has written bills is not deleted but cancelled."), RunStateError)
		frappe.db.delete("Billing Run Skip", {"billing_run": self.name})
