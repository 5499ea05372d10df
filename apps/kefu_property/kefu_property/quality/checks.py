"""Checks that several documents of the management systems share."""

from __future__ import annotations

import frappe
from frappe import _

from kefu_property.quality.exceptions import OtherProject
from kefu_property.suite import attachments


def same_project(doc, *fieldnames: str) -> None:
	"""Each Link of the document that has a project must have the document's. Raises OtherProject."""
	for fieldname in fieldnames:
		if not doc.get(fieldname):
			continue
		field = doc.meta.get_field(fieldname)
		# lint: allow query-in-loop: two or three links
		if frappe.db.get_value(field.options, doc.get(fieldname), "project") != doc.project:
			frappe.throw(
				_("{0} {1} belongs to another project. Choose one of project {2}.").format(
					_(field.label), doc.get(fieldname), doc.project
				),
				OtherProject,
			)


def title_clauses(doc, table: str = "clauses") -> None:
	"""Drop repeated clauses and note each one's short title beside its number."""
	names = list(dict.fromkeys(row.clause for row in doc.get(table) if row.clause))
	titles = clause_titles(names)
	doc.set(table, [{"clause": name, "clause_title": titles.get(name)} for name in names])


def clause_titles(names: list[str]) -> dict[str, str]:
	"""Short titles of clauses in the reader's language."""
	rows = frappe.get_all(
		"System Clause", filters={"name": ["in", names or [""]]}, fields=["name", "title", "title_zh"]
	)
	return {row.name: clause_title(row) for row in rows}


def clause_title(row: dict) -> str:
	return row["title_zh"] if (frappe.local.lang or "").startswith("zh") else row["title"]


def evidence(doc, fieldname: str) -> None:
	"""A picture or PDF that was newly attached is checked, and a picture kept without its hidden data."""
	before = doc.get_doc_before_save()
	url = doc.get(fieldname)
	if url and not (before and before.get(fieldname) == url):
		doc.set(fieldname, attachments.keep(url, doc.doctype, doc.name, pdf=True))
