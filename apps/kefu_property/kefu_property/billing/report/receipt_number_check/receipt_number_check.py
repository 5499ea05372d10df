"""Every receipt number is used, void with a reason, or free; what is none of these is missing (S2)."""

from __future__ import annotations

import frappe
from frappe import _

from kefu_property.billing import receipt_books, reporting

SHOWN = 20


def execute(filters: dict | None = None) -> tuple:
	filters = frappe._dict(filters or {})
	reporting.need("Fee Payment")
	columns = [
		reporting.column("source", _("Numbers Of"), width=180),
		reporting.column("cashier", _("Cashier"), "Link", 170, "User"),
		reporting.column("state", _("Status"), width=90),
		reporting.column("first", _("First Number"), width=150),
		reporting.column("last", _("Last Number"), width=150),
		reporting.column("used", _("Used"), "Int", 80),
		reporting.column("void", _("Void"), "Int", 80),
		reporting.column("free", _("Free Numbers"), "Int", 80),
		reporting.column("missing_count", _("Missing"), "Int", 80),
		reporting.column("missing_text", _("Missing Numbers"), width=280),
	]
	rows = [
		{
			"source": _("Book {0}").format(row.book_no) if row.book_no else _("Series of {0}").format(row.project),
			"cashier": row.cashier,
			"state": _(row.status) if row.status else "",
			"first": receipt_books.number_text(row, row.first_number),
			"last": receipt_books.number_text(row, row.last_number),
			"used": row.used,
			"void": row.void,
			"free": row.free,
			"missing_count": len(row.missing),
			"missing_text": ", ".join(row.missing[:SHOWN]) + (" …" if len(row.missing) > SHOWN else ""),
		}
		for row in receipt_books.check(reporting.projects(filters))
	]
	missing = sum(row["missing_count"] for row in rows)
	summary = [
		{
			"label": _("Missing Numbers"),
			"value": missing,
			"datatype": "Int",
			"indicator": "Red" if missing else "Green",
		},
		{"label": _("Void Numbers"), "value": sum(row["void"] for row in rows), "datatype": "Int", "indicator": "Blue"},
	]
	return columns, rows, None, None, summary
