"""Set-based writes of many rows of one DocType, for imports and daily jobs.

They skip controllers: the caller has checked the rows by the same rules. Values are passed as parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

import frappe
from frappe.utils import now

CHUNK = 2000


def chunks(items: Iterable, size: int = CHUNK) -> Iterable[list]:
	iterator = iter(items)
	while part := list(islice(iterator, size)):
		yield part


def insert(doctype: str, rows: Sequence[Mapping[str, Any]], progress: Callable[[int], None] | None = None) -> None:
	"""Insert rows (dicts with `name` and equal keys) with owner and times of the running session.

	`progress` is called with the number of rows done after each chunk.
	"""
	if not rows:
		return
	stamp, user = now(), frappe.session.user
	fields = list(rows[0])
	columns = [*fields, "creation", "modified", "owner", "modified_by", "docstatus", "idx"]
	done = 0
	for part in chunks(rows):
		_write(doctype, columns, [(*(row[field] for field in fields), stamp, stamp, user, user, 0, 0) for row in part])
		done += len(part)
		if progress:
			progress(done)


def update(doctype: str, rows: Sequence[Mapping[str, Any]], touch: bool = True) -> None:
	"""Update existing rows (dicts with `name` and equal keys) by their name, a chunk in one statement.

	`touch` sets the time and user of the change; derived columns are written without it.
	"""
	if not rows:
		return
	meta = frappe.get_meta(doctype)
	fields = [field for field in rows[0] if field != "name"]
	for field in fields:
		if not meta.has_field(field):
			raise KeyError(field)
	if touch:
		stamp, user = now(), frappe.session.user
		rows = [{**row, "modified": stamp, "modified_by": user} for row in rows]
		fields = [*fields, "modified", "modified_by"]
	# every row exists (it was read and locked before): the insert part only carries the values to the update part
	assignments = ", ".join(f"`{field}` = values(`{field}`)" for field in fields)
	for part in chunks(rows):
		values = [tuple(row[field] for field in ("name", *fields)) for row in part]
		_write(doctype, ["name", *fields], values, f"on duplicate key update {assignments}")


def _write(doctype: str, columns: Sequence[str], values: Sequence[tuple], ending: str = "") -> None:
	"""One statement for all rows. Table and columns come from code, values are parameters.

	The query builder would write each value out in Python, which takes longer than the database needs for the insert.
	"""
	names = ", ".join(f"`{column}`" for column in columns)
	marks = ", ".join(["(" + ", ".join(["%s"] * len(columns)) + ")"] * len(values))
	# lint: allow sql-string: table and columns are names in code; values are parameters
	frappe.db.sql(
		f"insert into `tab{doctype}` ({names}) values {marks} {ending}", [value for row in values for value in row]
	)
