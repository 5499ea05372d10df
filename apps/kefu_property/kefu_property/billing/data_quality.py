"""Late entries and open days of the till on the data-quality board (D8, D2)."""

from __future__ import annotations

from frappe import _
from frappe.utils import add_days, today

from kefu_property.suite.data_quality import found, late


def checks(projects: list[str]) -> list[dict]:
	"""Extension point `data_quality`: payments entered late, tills that were not handed in, runs left as drafts."""
	closings = {"docstatus": 0, "closing_date": ["<", today()]}
	runs = {"docstatus": 0, "creation": ["<", add_days(today(), -7)], "workflow_state": ["in", ["Draft", "Previewed"]]}
	return [
		{
			"key": "late_payments",
			"label": _("Payments entered more than a day late"),
			"rows": late("Fee Payment", projects, "posting_date", user="cashier", title="receipt_no", submitted=True),
		},
		{
			"key": "closings",
			"label": _("Tills not handed in"),
			"rows": found(
				"Till Closing", projects, closings, user="cashier", title="cashier_name", since="closing_date"
			),
		},
		{"key": "runs", "label": _("Billing runs left open"), "rows": found("Billing Run", projects, runs)},
	]
