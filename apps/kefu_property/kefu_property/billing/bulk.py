"""Multi-row INSERT of whole documents' rows (the framework's document insert costs milliseconds a row).

Values are written into the statement by type, by the formatter below: most of the time of the driver's parameters goes into
its general conversion. A type that is not known here is refused.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from itertools import islice

import frappe
from frappe.utils import now_datetime

ROWS_PER_STATEMENT = 500

#: what MariaDB reads specially between quotes
_SPECIAL = str.maketrans({"\0": "\\0", "\n": "\\n", "\r": "\\r", "\x1a": "\\Z", '"': '\\"', "'": "\\'", "\\": "\\\\"})


def _text(value: str) -> str:
	return f"'{value.translate(_SPECIAL)}'"


def _text_without_backslashes(value: str) -> str:
	"""For a server in the mode NO_BACKSLASH_ESCAPES."""
	doubled = value.replace("'", "''")
	return f"'{doubled}'"


def _decimal(value: Decimal) -> str:
	if not value.is_finite():
		raise ValueError(f"{value} is no amount")
	return f"{value:f}"


def _float(value: float) -> str:
	"""A number as the framework's connection gives it, at its shortest decimal form."""
	if not math.isfinite(value):
		raise ValueError(f"{value} is no number")
	return repr(value)


def _time(value: datetime.datetime) -> str:
	return f"'{value.isoformat(sep=' ', timespec='microseconds')}'"


FORMATS: dict[type, Callable[..., str]] = {
	str: _text,
	Decimal: _decimal,
	int: repr,
	float: _float,
	bool: lambda value: "1" if value else "0",
	type(None): lambda _value: "null",
	datetime.date: lambda value: f"'{value.isoformat()}'",
	datetime.datetime: _time,
}


def formats() -> dict[type, Callable[..., str]]:
	"""How values of each type are written for the mode of this connection."""
	if "NO_BACKSLASH_ESCAPES" in frappe.db.sql("select @@session.sql_mode")[0][0]:
		return FORMATS | {str: _text_without_backslashes}
	return FORMATS


def literal(value, known: dict[type, Callable[..., str]]) -> str:
	"""A value as SQL. Raises TypeError for a type that has no format, ValueError for an amount that is none."""
	try:
		return known[type(value)](value)
	except KeyError:
		# an enum or another child of str and its like is written as what it is
		for kind in (str, Decimal, int, datetime.datetime, datetime.date):
			if isinstance(value, kind):
				return known[kind](value)
		raise TypeError(f"{type(value).__name__} cannot be written to the database") from None


def insert(doctype: str, columns: Sequence[str], rows: Iterable[Sequence], docstatus: int = 0) -> int:
	"""Insert rows (values in the order of `columns`, which include `name`) and return their number.

	Owner, creation and modification are filled in. Neither controllers nor document events run: for rows whose rules the caller has
	checked. A duplicate of a unique key raises and leaves the transaction to the caller. Column names are checked against
	the DocType. Raises TypeError for a value that is no text, number, date or None.
	"""
	meta = frappe.get_meta(doctype)
	known = {"name", "parent", "parenttype", "parentfield", "idx"} | set(meta.get_valid_columns())
	if unknown := set(columns) - known:
		raise ValueError(f"{doctype} has no column {sorted(unknown)}")
	now, user = now_datetime(), frappe.session.user
	names = ", ".join(
		f"`{column}`" for column in (*columns, "creation", "modified", "modified_by", "owner", "docstatus")
	)
	by_type, iterator, count = formats(), iter(rows), 0
	fixed = ", ".join(literal(value, by_type) for value in (now, now, user, user, docstatus))
	head = f"insert into `tab{doctype}` ({names}) values "
	while batch := list(islice(iterator, ROWS_PER_STATEMENT)):
		_send(head + ",".join(f"({_joined(row, len(columns), by_type)}, {fixed})" for row in batch))
		count += len(batch)
	return count


def _joined(row: Sequence, length: int, by_type: dict) -> str:
	if len(row) != length:
		raise ValueError("a row has as many values as there are columns")
	try:
		return ",".join([by_type[type(value)](value) for value in row])
	except KeyError:
		return ",".join([literal(value, by_type) for value in row])


def _send(statement: str) -> None:
	"""Run a finished statement. Not by `frappe.db.sql`, which rewrites words such as `ifnull(` inside texts too."""
	frappe.db._cursor.execute(statement)
