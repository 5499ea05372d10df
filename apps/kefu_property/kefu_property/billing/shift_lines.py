"""What the till hands over at a change of shift (D11)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import cint, today

from kefu_property.billing import till
from kefu_property.rules.money import D


def lines(context) -> list[dict]:
	"""Extension point `shift_handover_lines`: cash that the one on duty took today, and receipts written."""
	return [{"key": "cash", "title": _("Cash in Hand"), "rows": _rows(context) if context else []}]


def _rows(context) -> list[dict]:
	expected = till.expected(context.project, context.user, today())
	cash = expected["modes"]["Cash"]
	if not expected["receipts"] and not cash["paid_out"]:
		return []
	closing = frappe.db.get_value(
		"Till Closing",
		{"project": context.project, "cashier": context.user, "closing_date": today(), "docstatus": ["<", 2]},
		["name", "workflow_state", "change_fund"],
		as_dict=True,
	)
	held = cash["received"] - cash["paid_out"] + D(closing.change_fund if closing else 0)
	handed_in = bool(closing and closing.workflow_state != "Draft")
	return [
		{
			"subject": _("Cash {0} yuan").format(f"{held:,.2f}"),
			"details": _("{0} receipts, {1} to {2}").format(
				cint(expected["receipts"]), expected["first"] or "–", expected["last"] or "–"
			)
			+ (" · " + _("handed in") if handed_in else ""),
			"tone": "green" if handed_in else "orange",
			"reference_doctype": "Till Closing" if closing else None,
			"reference_name": closing.name if closing else None,
		}
	]
