"""Waivers: what the office gives up of open bills, with approval, posted as entries of their own (D2)."""

# No postponed annotations here: the framework converts what a form sends by them
from collections import defaultdict
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime, today

from kefu_property.billing import invoices, ledger
from kefu_property.billing.exceptions import CancelNeedsReason, WaiverAboveLimit, WaiverRefused
from kefu_property.rules.money import D, round_money
from kefu_property.suite.approval import system_step

ZERO = Decimal("0.00")


def limit_of(user: str) -> Decimal:
	"""The largest waiver in yuan that a user may approve: the highest limit among the roles; 0 without one."""
	limits = {
		row.role: D(row.limit_amount)
		for row in frappe.get_all(
			"Fee Waiver Limit", filters={"parent": "Arrears Settings"}, fields=["role", "limit_amount"]
		)
	}
	return max((limits[role] for role in frappe.get_roles(user) if role in limits), default=ZERO)


def check_limit(doc) -> None:
	"""Refuse an approval above the limit of whoever approves. Raises WaiverAboveLimit."""
	limit = limit_of(frappe.session.user)
	if D(doc.total) > limit:
		frappe.throw(
			_("You may approve waivers up to {0} yuan; this one is {1} yuan. Ask somebody with a higher limit.").format(
				limit, D(doc.total)
			),
			WaiverAboveLimit,
		)


def post(doc) -> None:
	"""Lower the open amounts and write the ledger. Bills are locked; raises WaiverRefused when one changed meanwhile."""
	bills = invoices.lock([row.invoice for row in doc.lines])
	changes: dict[str, dict[str, Decimal]] = defaultdict(dict)
	entries = []
	for row in doc.lines:
		bill, amount = bills.get(row.invoice), D(row.amount)
		line = bill and next((line for line in bill["lines"] if line["name"] == row.invoice_line), None)
		if not line or bill["docstatus"] != 1 or bill["project"] != doc.project or bill["resident"] != doc.resident:
			frappe.throw(
				_("Bill {0} cannot be waived here: it is cancelled or not a bill of this payer.").format(row.invoice),
				WaiverRefused,
			)
		if amount > line["outstanding"]:
			frappe.throw(
				_("{0} yuan are open on {1} of bill {2}, not {3}. Load the open bills again.").format(
					line["outstanding"], _(line["fee_item"]), row.invoice, amount
				),
				WaiverRefused,
			)
		changes[row.invoice][row.invoice_line] = amount
		entries.append(_entry(doc, bill, line["fee_item"], -amount, row.invoice))
	invoices.settle(changes)
	ledger.post(entries)


def _entry(doc, bill: dict, item: str, amount: Decimal, invoice: str) -> ledger.Entry:
	return ledger.Entry(
		getdate(today()),
		doc.project,
		bill["unit"],
		bill["resident"],
		item,
		ledger.RECEIVABLE,
		"Waiver",
		amount,
		invoice,
		"Fee Waiver",
		doc.name,
	)


@frappe.whitelist()
def open_lines(project: str, resident: str, percent: float = 100) -> list[dict]:
	"""Open lines of a payer's bills for the waiver's table, with `percent` of each open amount as proposal."""
	if not frappe.has_permission("Fee Waiver", "create"):
		frappe.throw(_("You may not write waivers."), frappe.PermissionError)
	frappe.get_doc("Property Project", project).check_permission("read")
	share = min(max(D(percent), Decimal(0)), Decimal(100)) / 100
	rows = frappe.db.sql(
		"""select i.name invoice, i.unit, l.name invoice_line, l.fee_item, l.period_from, l.period_to, l.outstanding
		from `tabFee Invoice` i join `tabFee Invoice Line` l on l.parent = i.name and l.parenttype = 'Fee Invoice'
		where i.project = %(project)s and i.resident = %(resident)s and i.docstatus = 1 and l.outstanding > 0
		order by i.due_date, i.name, l.idx""",
		{"project": project, "resident": resident},
		as_dict=True,
	)
	return [
		{
			**{key: row[key] for key in ("invoice", "invoice_line", "unit", "fee_item", "period_from", "period_to")},
			"open_amount": str(D(row.outstanding)),
			"amount": str(round_money(D(row.outstanding) * share)),
		}
		for row in rows
	]


@frappe.whitelist(methods=["POST"])
def cancel(waiver: str, reason: str) -> None:
	"""Take an approved waiver back: its bills are open again. What was waived on bills cancelled since stays with them."""
	frappe.get_doc("Fee Waiver", waiver).check_permission("write")
	frappe.only_for(("Office Director", "Kefu Administrator"))
	if not reason.strip():
		frappe.throw(_("Say why the waiver is cancelled."), CancelNeedsReason)
	bills = invoices.lock(frappe.get_all("Fee Waiver Line", filters={"parent": waiver}, pluck="invoice"))
	doc = frappe.get_doc("Fee Waiver", waiver, for_update=True)
	if doc.workflow_state != "Approved":
		frappe.throw(_("Only an approved waiver is cancelled."), WaiverRefused)
	changes: dict[str, dict[str, Decimal]] = defaultdict(dict)
	entries = []
	for row in doc.lines:
		bill = bills[row.invoice]
		if bill["docstatus"] == 1:
			changes[row.invoice][row.invoice_line] = -D(row.amount)
			entries.append(_entry(doc, bill, row.fee_item, D(row.amount), row.invoice))
	invoices.settle(changes)
	ledger.post(entries, mark="C")
	system_step(
		doc, "Cancelled", cancel_reason=reason.strip(), cancelled_by=frappe.session.user, cancelled_on=now_datetime()
	)
