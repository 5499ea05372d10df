"""What billing looks at before somebody moves (contribution to `move_checks`, D19)."""

from __future__ import annotations

from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import getdate

from kefu_property.billing import ledger
from kefu_property.rules.money import D


def erasure(resident: str) -> list[str]:
	"""Money between the office and a person stands against erasing them (contribution to `erasure_checks`, L22)."""
	open_amount = ledger.balance(ledger.RECEIVABLE, resident=resident)
	kept = -ledger.balance(ledger.PREPAYMENT, resident=resident)
	reasons = [_("{0} yuan are open").format(open_amount)] if open_amount else []
	return reasons + ([_("{0} yuan of prepayment are to be returned").format(kept)] if kept else [])


def personal_data(resident: str) -> list[tuple[str, list[str], list]]:
	"""Bills and receipts of a person (contribution to `personal_data_sheets`, L22)."""
	tables = (
		("Fee Invoice", _("Bills"), ["name", "unit", "period_start", "period_end", "total", "outstanding", "status"]),
		("Fee Payment", _("Receipts"), ["receipt_no", "posting_date", "amount", "method", "status"]),
	)
	sheets = []
	for doctype, title, fields in tables:
		meta = frappe.get_meta(doctype)
		rows = frappe.get_all(  # lint: allow query-in-loop: two tables
			doctype,
			filters={"resident": resident, "docstatus": [">", 0]},
			fields=fields,
			as_list=True,
			order_by="creation",
		)
		sheets.append((title, [_(meta.get_label(field) or field) for field in fields], rows))
	return sheets


def arrears(request) -> list[dict]:
	"""Open bills of the home: those of who leaves block the move, whoever else owes is a warning."""
	leavers = {row.resident for row in request.leaving}
	rows = frappe.get_all(
		"Fee Invoice",
		filters={"unit": request.unit, "docstatus": 1, "outstanding": [">", 0]},
		fields=["resident", "due_date", "outstanding"],
	)
	due = [row for row in rows if getdate(row.due_date) <= getdate(request.effective_date)]
	blocking = [row for row in due if row.resident in leavers]
	label = _("Open bills")
	if blocking:
		return [_row(label, "blocked", blocking, _("{0} bills are due. Collect them before the move."))]
	if rows:
		return [_row(label, "warning", rows, _("{0} bills are open. Tell who stays or comes."))]
	return [{"check": "billing.arrears", "label": label, "status": "ok", "detail": "", "amount": None}]


def _row(label: str, status: str, rows: list[dict], text: str) -> dict:
	total = sum((D(row.outstanding) for row in rows), Decimal("0.00"))
	return {
		"check": "billing.arrears",
		"label": label,
		"status": status,
		"detail": text.format(len(rows)),
		"amount": total,
	}


#: words and colours of the layer in the unit grid
GRID = {
	"No Arrears": "green",
	"Due within 3 Months": "yellow",
	"Due for 3 to 12 Months": "orange",
	"Due for over a Year": "red",
}


def grid_layer(project: str) -> dict | None:
	"""How long the oldest open bill of each home has been due (contribution to `unit_grid_layers`)."""
	if not frappe.has_permission("Fee Invoice"):
		return None
	day = getdate()
	rows = frappe.db.sql(
		"""select unit, min(due_date) from `tabFee Invoice`
		where project = %s and docstatus = 1 and due_date < %s and outstanding > 0 group by unit""",
		(project, day),
	)
	names = list(GRID)
	return {
		"key": "arrears",
		"label": _("Arrears"),
		"default": names[0],
		"states": [{"key": name, "label": _(name), "colour": colour} for name, colour in GRID.items()],
		"units": {
			unit: names[3] if (late := (day - due).days) > 365 else names[2] if late > 90 else names[1]
			for unit, due in rows
		},
	}
