"""What custody hands over at a change of shift (D11)."""

from __future__ import annotations

from collections import Counter

from frappe import _

from kefu_property.custody import api


def lines(context) -> list[dict]:
	"""Extension point `shift_handover_lines`: items by kind and number, to be counted; items in dispute singly."""
	items = api.waiting(project=context.project, limit=2000) if context else []
	rows = [
		{"subject": _(kind), "details": _("{0} pieces on the shelves").format(count), "tone": "blue"}
		for kind, count in sorted(Counter(row.kind for row in items).items())
	]
	rows += [
		{
			"subject": f"{row.name} {row.recipient_name or ''}".strip(),
			"details": _("In Dispute"),
			"tone": "red",
			"reference_doctype": "Custody Item",
			"reference_name": row.name,
		}
		for row in items
		if row.status == "In Dispute"
	]
	return [{"key": "custody", "title": _("Items in Custody"), "rows": rows}]
