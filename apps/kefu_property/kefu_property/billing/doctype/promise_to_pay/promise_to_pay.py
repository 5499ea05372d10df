import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, getdate

from kefu_property.billing import payments
from kefu_property.billing.exceptions import PromiseRefused
from kefu_property.registry import api as registry


class PromisetoPay(Document):
	"""What a payer promised. Dunning rests until the day; `billing/promises.py` reminds and decides."""

	def validate(self):
		payments.money(self.amount)
		self.payer_name = registry.names_of([self.resident]).get(self.resident)
		self.check_day()

	def check_day(self):
		longest = frappe.db.get_value("Dunning Policy", {"project": self.project}, "promise_days") or 30
		first, last = getdate(self.promised_on), getdate(self.pay_by) if self.pay_by else None
		if not last or not first <= last <= getdate(add_days(first, longest)):
			frappe.throw(_("Choose a day of payment within {0} days of the promise.").format(longest), PromiseRefused)


@frappe.whitelist(methods=["POST"])
def withdraw(promise: str) -> None:
	"""End an open promise, so that dunning goes on."""
	doc = frappe.get_doc("Promise to Pay", promise)
	doc.check_permission("write")
	if doc.state != "Open":
		frappe.throw(_("This promise is not open any more."), PromiseRefused)
	doc.db_set("state", "Withdrawn")


def on_doctype_update():
	frappe.db.add_index("Promise to Pay", ["project", "state", "pay_by"])
