"""What is missing, late or left open in the data, by person and module (D8).

A module contributes functions at the point `data_quality`: `(projects) -> list of checks`. A check has `key`, `label` and `rows`; a row has
`user` (who puts it right), `doctype`, `name`, `title`, `since` and `project`. `found` and `late` make rows of a DocType.
"""

from __future__ import annotations

import frappe
from frappe.query_builder import CustomFunction
from frappe.utils import add_days, today

from kefu_property.suite import manifest as manifests
from kefu_property.suite import state

#: rows of one check that are listed; a check with more is an office's matter, not a list's
LIMIT = 300
DateDiff = CustomFunction("datediff", ["later", "earlier"])


def found(
	doctype: str,
	projects: list[str],
	filters: dict | list,
	*,
	user: str = "owner",
	title: str = "name",
	since: str = "creation",
) -> list[dict]:
	"""Rows of documents that match; `user`, `title` and `since` name their fields. Give `filters` as a list to name a field twice."""
	if isinstance(filters, dict):
		filters = [[field, *(value if isinstance(value, list) else ("=", value))] for field, value in filters.items()]
	rows = frappe.get_all(
		doctype,
		filters=[["project", "in", projects], *filters],
		fields=["name", "project", f"{user} as user", "owner", f"{title} as title", f"{since} as since"],
		order_by=f"{since} asc",
		limit=LIMIT,
	)
	return [_row(doctype, row) for row in rows]


def late(
	doctype: str,
	projects: list[str],
	happened: str,
	*,
	days: int = 1,
	within: int = 30,
	user: str = "owner",
	title: str = "name",
	submitted: bool = False,
) -> list[dict]:
	"""Documents of the last `within` days that were entered more than `days` after the day in the field `happened`."""
	table = frappe.qb.DocType(doctype)
	query = (
		frappe.qb.from_(table)
		.select(
			table.name,
			table.project,
			table[user].as_("user"),
			table.owner,
			table[title].as_("title"),
			table[happened].as_("since"),
		)
		.where(table.project.isin(projects) & (table.creation >= add_days(today(), -within)))
		.where(DateDiff(table.creation, table[happened]) > days)
		.orderby(table.creation)
		.limit(LIMIT)
	)
	if submitted:
		query = query.where(table.docstatus == 1)
	return [_row(doctype, row) for row in query.run(as_dict=True)]


def _row(doctype: str, row: dict) -> dict:
	return {
		"user": row.user or row.owner,
		"doctype": doctype,
		"name": row.name,
		"title": str(row.title or row.name),
		"since": row.since,
		"project": row.project,
	}


def checks(projects: list[str]) -> list[dict]:
	"""Checks of all enabled modules, each with `module` (its key), those without rows left out."""
	result = []
	for entry in state.enabled_modules():
		for name in entry.get("contributes", {}).get("data_quality", ()):
			function = frappe.get_attr(manifests.absolute(entry, name))
			result += [{**check, "module": entry["key"]} for check in function(projects) if check["rows"]]
	return result
