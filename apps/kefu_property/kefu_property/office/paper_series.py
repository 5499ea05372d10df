"""Gapless numbers of issued documents by project, kind and year (D9, DESIGN invariant 3)."""

from __future__ import annotations

import frappe
from frappe.utils import now


def next_number(project: str, kind: str, year: int) -> int:
	"""Take the next number of a series. It belongs to the running transaction: a rollback gives it back.

	One statement, so that two desks never take the same number and a first number needs no row before it; the row
	stays locked until the transaction ends, so that no later number is taken before an earlier one is certain. The
	kind's row is locked before: desks that wait for a first number that is taken back would block each other.
	"""
	name = key(project, kind, year)
	table = frappe.qb.DocType("Document Kind")
	frappe.qb.from_(table).select(table.name).where(table.name == kind).for_update().run()
	frappe.db.sql(
		"""insert into `tabDocument Series`
			(name, creation, modified, owner, modified_by, docstatus, idx, project, kind, year, last_number)
		values (%(name)s, %(now)s, %(now)s, %(user)s, %(user)s, 0, 0, %(project)s, %(kind)s, %(year)s, 1)
		on duplicate key update last_number = last_number + 1, modified = values(modified)""",
		{"name": name, "now": now(), "user": frappe.session.user, "project": project, "kind": kind, "year": year},
	)
	return int(frappe.db.sql("select last_number from `tabDocument Series` where name = %s", name)[0][0])


def key(project: str, kind: str, year: int) -> str:
	return f"{project}|{kind}|{year}"
