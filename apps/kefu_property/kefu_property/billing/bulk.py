"""Multi-row INSERT of whole documents' rows, with parameters (the framework's document insert costs milliseconds a row)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

import frappe
from frappe.utils import now_datetime

ROWS_PER_STATEMENT = 500


def insert(doctype: str, columns: Sequence[str], rows: Iterable[Sequence], docstatus: int = 0) -> int:
	"""Insert rows (values in the order of `columns`, which include `name`) and return their number.

	Owner, creation and modification are filled in. Neither controllers nor document events run: for rows whose rules the caller has
	checked. A duplicate of a unique key raises and leaves the transaction to the caller. Column names are checked against
	the DocType, values travel as parameters.
	"""
	meta = frappe.get_meta(doctype)
	known = {"name", "parent", "parenttype", "parentfield", "idx"} | set(meta.get_valid_columns())
	if unknown := set(columns) - known:
		raise ValueError(f"{doctype} has no column {sorted(unknown)}")
	now, user = now_datetime(), frappe.session.user
	fixed = (now, now, user, user, docstatus)
	names = ", ".join(
		f"`{column}`" for column in (*columns, "creation", "modified", "modified_by", "owner", "docstatus")
	)
	row_marks = f"({', '.join(['%s'] * (len(columns) + len(fixed)))})"
	iterator, count = iter(rows), 0
	while batch := list(islice(iterator, ROWS_PER_STATEMENT)):
		values = [value for row in batch for value in (*row, *fixed)]
		# lint: allow sql-string: the names of columns are checked above, values are parameters
		frappe.db.sql(  # lint: allow query-in-loop: one statement for five hundred rows
			f"insert into `tab{doctype}` ({names}) values {', '.join([row_marks] * len(batch))}", values
		)
		count += len(batch)
	return count
