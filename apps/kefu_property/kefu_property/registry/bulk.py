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
		values = [(*(row[field] for field in fields), stamp, stamp, user, user, 0, 0) for row in part]
		frappe.db.bulk_insert(doctype, columns, values, chunk_size=CHUNK)  # lint: allow query-in-loop: one per chunk
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
	columns = ", ".join(f"`{field}`" for field in ("name", *fields))
	# every row exists (it was read and locked before): the insert part only carries the values to the update part
	assignments = ", ".join(f"`{field}` = values(`{field}`)" for field in fields)
	for part in chunks(rows):
		marks = ", ".join(["(" + ", ".join(["%s"] * (len(fields) + 1)) + ")"] * len(part))
		# lint: allow sql-string: the columns are fields of the DocType, checked above; values are parameters
		frappe.db.sql(  # lint: allow query-in-loop: one per chunk
			f"insert into `tab{meta.name}` ({columns}) values {marks} on duplicate key update {assignments}",
			[row[field] for row in part for field in ("name", *fields)],
		)
