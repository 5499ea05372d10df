import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.billing import explain, paper
from kefu_property.billing.exceptions import PublishedBillChanged


class FeeInvoice(Document):
	"""A bill (账单). Written by runs, single charges and opening balances; see `billing/invoices.py`."""

	def before_insert(self):
		frappe.throw(_("Bills come from a billing run or a charge, they are not typed in."), PublishedBillChanged)

	def before_update_after_submit(self):
		frappe.throw(_("A published bill never changes. Cancel it and have it billed again."), PublishedBillChanged)

	def before_cancel(self):
		frappe.throw(
			_("Use Cancel Bill, which asks for the reason and keeps the ledger in step."), PublishedBillChanged
		)

	def on_trash(self):
		frappe.throw(_("A published bill is never deleted."), PublishedBillChanged)

	def printed(self) -> dict:
		"""Everything that the bill notice's template prints."""
		return {
			"letterhead": paper.letterhead(self.project),
			"lines": paper.lines_of([frappe._dict(row.as_dict(), unit=self.unit) for row in self.lines], "amount"),
			"unit": paper.unit_code(self.unit),
			"total": paper.yuan(self.total),
			"capital": paper.capital_text(self.total),
			"outstanding": paper.yuan(self.outstanding),
			"explanation": explain.explain(self),
		}


def on_doctype_update():
	frappe.db.add_index("Fee Invoice", ["project", "status", "modified"])
	frappe.db.add_index("Fee Invoice", ["project", "docstatus", "due_date", "outstanding", "unit", "resident"])
	frappe.db.add_index("Fee Invoice", ["unit", "period_start"])
	frappe.db.add_index("Fee Invoice", ["resident", "docstatus", "outstanding"])
