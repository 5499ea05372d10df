"""Keys that are not back on the data-quality board (D8, D14)."""

from __future__ import annotations

from frappe import _
from frappe.utils import now_datetime

from kefu_property.suite.data_quality import found


def checks(projects: list[str]) -> list[dict]:
	"""Extension point `data_quality`: loans whose due time has passed."""
	filters = {"docstatus": 1, "status": ["in", ["On Loan", "Partly Returned"]], "due_on": ["<", now_datetime()]}
	return [
		{
			"key": "overdue",
			"label": _("Keys not back in time"),
			"rows": found("Key Loan", projects, filters, user="issued_by", title="borrower_name", since="due_on"),
		}
	]
