"""My receipts, one of them in detail, and its PDF."""

from __future__ import annotations

import frappe
from frappe import _

from kefu_property.billing.portal.access import mine, own

PAGE_LENGTH = 24
STATES = {"Posted": ("good", "Posted"), "Reversed": ("bad", "Reversed"), "Reversal": ("wait", "Reversal")}


def get_context(context):
	if context.rest:
		receipt = own("Fee Payment", context.rest)
		context.update(
			{
				"title": _("Receipt"),
				"receipt": receipt,
				"printed": receipt.printed(),
				"label": _(receipt.status),
				"tone": STATES[receipt.status][0],
				"pdf": f"/api/method/kefu_property.billing.portal.receipts.download?name={receipt.name}",
				"template": "kefu_property/billing/portal/one_receipt.html",
			}
		)
		return
	residents = mine()
	page = max(frappe.utils.cint(frappe.form_dict.get("page")), 1)
	filters = {"resident": ["in", residents], "docstatus": 1}
	rows = (
		frappe.get_all(
			"Fee Payment",
			filters=filters,
			fields=["name", "receipt_no", "posting_date", "amount", "method", "status"],
			order_by="posting_date desc, receipt_no desc",
			limit_start=(page - 1) * PAGE_LENGTH,
			limit_page_length=PAGE_LENGTH,
		)
		if residents
		else []
	)
	for row in rows:
		row.tone = STATES[row.status][0]
	count = frappe.db.count("Fee Payment", filters) if residents else 0
	context.update({"title": _("My receipts"), "receipts": rows, "page": page, "pages": -(-count // PAGE_LENGTH)})


@frappe.whitelist()  # lint: allow whitelist-permission: own() refuses whatever is not the session's
def download(name: str) -> None:
	"""The receipt as PDF, for its payer only."""
	receipt = own("Fee Payment", name)
	# the portal's people have no permissions on documents; that this one is theirs was checked above
	frappe.local.flags.ignore_print_permissions = True
	pdf = frappe.get_print("Fee Payment", receipt.name, "Fee Receipt", doc=receipt, as_pdf=True, no_letterhead=1)
	frappe.local.response.filename = f"{receipt.receipt_no}.pdf"
	frappe.local.response.filecontent = pdf
	frappe.local.response.type = "pdf"
