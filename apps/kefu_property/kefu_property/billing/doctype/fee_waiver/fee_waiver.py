import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import today

from kefu_property.billing import paper, payments, waivers
from kefu_property.billing.exceptions import WaiverNeverChanges, WaiverRefused
from kefu_property.registry import api as registry
from kefu_property.rules.money import D, sum_money

FINAL = ("Approved", "Cancelled")


class FeeWaiver(Document):
	"""What the office gives up of a payer's open bills (D2). The approval posts it; see `billing/waivers.py`."""

	def validate(self):
		self.check_final()
		self.check_lines()
		self.set_totals()
		self.check_approval()

	def on_update(self):
		if self.approving():
			waivers.post(self)

	def on_trash(self):
		if self.workflow_state in FINAL:
			frappe.throw(_("An approved waiver is cancelled, not deleted."), WaiverNeverChanges)

	def approving(self) -> bool:
		before = self.get_doc_before_save()
		return self.workflow_state == "Approved" and (not before or before.workflow_state != "Approved")

	def check_final(self):
		before = self.get_doc_before_save()
		if before and before.workflow_state in FINAL:
			frappe.throw(_("An approved waiver never changes. Cancel it and write another one."), WaiverNeverChanges)
		if not before and self.workflow_state not in (None, "", "Draft"):
			frappe.throw(_("A waiver begins as a draft."), WaiverNeverChanges)

	def check_lines(self):
		seen = set()
		facts = _lines({row.invoice_line for row in self.lines})
		for row in self.lines:
			payments.money(row.amount)
			line = facts.get(row.invoice_line)
			if not line or line.parent != row.invoice or line.resident != self.resident or row.invoice_line in seen:
				frappe.throw(
					_("Row {0} is not one open line of a bill of this payer. Load the open bills again.").format(
						row.idx
					),
					WaiverRefused,
				)
			seen.add(row.invoice_line)
			row.fee_item, row.unit = line.fee_item, line.unit
			row.period_from, row.period_to = line.period_from, line.period_to
			row.open_amount = D(line.outstanding)
			if D(row.amount) > D(row.open_amount):
				frappe.throw(
					_("Row {0}: {1} yuan are open, not more can be waived.").format(row.idx, D(row.open_amount)),
					WaiverRefused,
				)

	def set_totals(self):
		self.total = sum_money(row.amount for row in self.lines)
		self.payer_name = registry.names_of([self.resident]).get(self.resident)

	def check_approval(self):
		if self.approving():
			waivers.check_limit(self)
			self.posting_date = today()

	def printed(self) -> dict:
		"""What the sheet prints."""
		return {
			"lines": [
				{
					"unit": paper.unit_code(row.unit),
					"item": _(row.fee_item),
					"period": paper.period_text(row.period_from, row.period_to),
					"open": paper.yuan(row.open_amount),
					"amount": paper.yuan(row.amount),
				}
				for row in self.lines
			],
			"total": paper.yuan(self.total),
			"capital": paper.capital_text(self.total),
		}


def _lines(names: set[str]) -> dict:
	if not names:
		return {}
	return {
		row.name: row
		for row in frappe.db.sql(
			"""select l.name, l.parent, l.fee_item, l.period_from, l.period_to, l.outstanding, i.unit, i.resident
			from `tabFee Invoice Line` l join `tabFee Invoice` i on i.name = l.parent
			where l.name in %(names)s and i.docstatus = 1""",
			{"names": tuple(names)},
			as_dict=True,
		)
	}


def on_doctype_update():
	frappe.db.add_index("Fee Waiver", ["project", "workflow_state", "modified"])
	frappe.db.add_index("Fee Waiver", ["project", "posting_date"])
