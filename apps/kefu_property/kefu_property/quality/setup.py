"""What the management systems need on a site: the clauses of the three standards. Rows of the site stay as they are."""

from __future__ import annotations

import frappe

from kefu_property.quality import clauses


def after_install() -> None:
	"""Add the clauses that are missing; the tree is numbered anew only when something was added."""
	chinese = (frappe.db.get_single_value("System Settings", "language") or "en").startswith("zh")
	existing = set(frappe.get_all("System Clause", pluck="name"))
	rows = clauses.all_clauses()
	groups = {row.parent for row in rows}
	added = False
	for standard, (title, title_zh) in clauses.STANDARDS.items():
		if standard not in existing:
			_insert(standard, standard=standard, clause_number="", title=title, title_zh=title_zh, is_group=1)
			added = True
	for row in rows:
		if row.name not in existing:
			_insert(
				row.name,
				standard=row.standard,
				clause_number=row.number,
				title=row.title,
				title_zh=row.title_zh,
				parent_system_clause=row.parent,
				old_parent=row.parent,
				is_group=int(row.name in groups),
				questions=clauses.questions(row.number, chinese),
			)
			added = True
	if added:
		number_tree()


def _insert(name: str, **values) -> None:
	"""The bare row: counting the tree through for each of two hundred clauses would take a minute."""
	doc = frappe.get_doc({"doctype": "System Clause", **values})
	doc.name = name
	doc.db_insert()


def number_tree() -> None:
	"""Left and right of all clauses, in the order of their numbers, so that a list sorted by them reads like the standard."""
	children: dict[str, list] = {}
	for row in frappe.get_all(
		"System Clause", fields=["name", "standard", "clause_number", "parent_system_clause as parent", "lft", "rgt"]
	):
		children.setdefault(row.parent or "", []).append(row)
	counter, standards = 0, list(clauses.STANDARDS)

	def walk(parent: str) -> None:
		nonlocal counter
		for row in sorted(
			children.get(parent, ()),
			key=lambda row: (standards.index(row.standard), clauses.order(row.clause_number or "0")),
		):
			counter += 1
			left = counter
			walk(row.name)
			counter += 1
			if (row.lft, row.rgt) != (left, counter):
				frappe.db.set_value("System Clause", row.name, {"lft": left, "rgt": counter}, update_modified=False)

	walk("")
