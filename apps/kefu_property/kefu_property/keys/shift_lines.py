"""What the key desk hands over at a change of shift (D11)."""

from __future__ import annotations

from frappe import _
from frappe.utils import format_datetime

from kefu_property.keys import api


def lines(context) -> list[dict]:
	"""Extension point `shift_handover_lines`: keys that are out, with borrower and due time."""
	rows = [
		{
			"subject": f"{row.key_code} {row.key_name}",
			"details": _("{0}, due {1}").format(row.borrower_name, format_datetime(row.due_on)),
			"tone": "red" if row.overdue else "blue",
			"reference_doctype": "Key Loan",
			"reference_name": row.loan,
		}
		for row in (api.open_loans(project=context.project) if context else ())
	]
	return [{"key": "keys", "title": _("Keys Out"), "rows": rows}]
