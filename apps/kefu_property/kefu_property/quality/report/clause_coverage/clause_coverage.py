"""Clause Coverage: which clauses have documents, objectives and audits, and what is open on them (D18)."""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.query_builder.functions import Count, Max
from frappe.utils import add_months, getdate, today

from kefu_property.quality import checks, corrective, reporting


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None, list[dict]]:
	"""Columns, rows, no message, chart, summary. Filters: `project`, `standard`, `from_date` (default: a year ago), `gaps_only`."""
	filters = frappe._dict(filters or {})
	reporting.need("System Clause")
	rows = get_rows(filters)
	shown = [row for row in rows if row.gap] if filters.gaps_only else rows
	return columns(), shown, None, chart(rows), summary(rows)


def columns() -> list[dict]:
	column = reporting.column
	return [
		column("clause", _("Clause"), "Link", 150, "System Clause"),
		column("title", _("Short Title"), width=230),
		column("documents", _("Documents"), "Int", 100),
		column("objectives", _("Objectives"), "Int", 100),
		column("audited_on", _("Last Audited"), "Date", 120),
		column("questions_asked", _("Questions Asked"), "Int", 120),
		column("findings", _("Findings"), "Int", 100),
		column("open_findings", _("Open"), "Int", 90),
		column("gap", _("Gap"), width=220),
	]


def get_rows(filters: frappe._dict) -> list[frappe._dict]:
	conditions = {"disabled": 0, "is_group": 0}
	if filters.standard:
		conditions["standard"] = filters.standard
	clauses = frappe.get_all(
		"System Clause", filters=conditions, fields=["name", "title", "title_zh", "standard"], order_by="lft"
	)
	where = reporting.projects(filters)
	since = getdate(filters.from_date or add_months(today(), -12))
	documents, objectives = documents_by_clause(where), objectives_by_clause(where)
	audited, findings = audits_by_clause(where, since), findings_by_clause(where, since)
	rows = []
	for clause in clauses:
		last, asked = audited.get(clause.name, (None, 0))
		found, still_open = findings.get(clause.name, (0, 0))
		row = frappe._dict(
			clause=clause.name,
			title=checks.clause_title(clause),
			standard=clause.standard,
			documents=documents.get(clause.name, 0),
			objectives=objectives.get(clause.name, 0),
			audited_on=last,
			questions_asked=asked,
			findings=found,
			open_findings=still_open,
		)
		row.gap = gap(row)
		rows.append(row)
	return rows


def gap(row: dict) -> str:
	missing = [
		text for text, there in ((_("no document"), row.documents), (_("not audited"), row.audited_on)) if not there
	]
	return _(", ").join(missing)


def documents_by_clause(projects: list[str]) -> dict[str, int]:
	link, document = frappe.qb.DocType("System Clause Link"), frappe.qb.DocType("Controlled Document")
	rows = (
		frappe.qb.from_(link)
		.join(document)
		.on((link.parent == document.name) & (link.parenttype == "Controlled Document"))
		.select(link.clause, Count(document.name))
		.where(document.project.isin(projects) & (document.status == "In Force"))
		.groupby(link.clause)
		.run()
	)
	return dict(rows)


def objectives_by_clause(projects: list[str]) -> dict[str, int]:
	objective = frappe.qb.DocType("Quality Objective")
	rows = (
		frappe.qb.from_(objective)
		.select(objective.clause, Count(objective.name))
		.where(objective.project.isin(projects) & (objective.docstatus == 1))
		.groupby(objective.clause)
		.run()
	)
	return dict(rows)


def audits_by_clause(projects: list[str], since: date) -> dict[str, tuple[date, int]]:
	line, audit = frappe.qb.DocType("Audit Check Line"), frappe.qb.DocType("Internal Audit")
	rows = (
		frappe.qb.from_(line)
		.join(audit)
		.on((line.parent == audit.name) & (line.parenttype == "Internal Audit"))
		.select(line.clause, Max(audit.held_on), Count(line.name))
		.where(audit.project.isin(projects) & (audit.docstatus == 1) & (audit.held_on >= since))
		.groupby(line.clause)
		.run()
	)
	return {clause: (last, asked) for clause, last, asked in rows}


def findings_by_clause(projects: list[str], since: date) -> dict[str, tuple[int, int]]:
	found: dict[str, tuple[int, int]] = {}
	for row in frappe.get_all(
		"Nonconformity Report",
		filters={
			"project": ["in", projects],
			"status": ["not in", [corrective.DRAFT, corrective.CANCELLED]],
			"found_on": [">=", since],
		},
		fields=["clause", "status"],
	):
		total, still_open = found.get(row.clause, (0, 0))
		found[row.clause] = total + 1, still_open + int(row.status in corrective.OPEN)
	return found


def chart(rows: list[dict]) -> dict | None:
	standards = [name for name in reporting.STANDARDS if any(row.standard == name for row in rows)]
	if not standards:
		return None

	def share(standard: str, fieldname: str) -> float:
		own = [row for row in rows if row.standard == standard]
		return round(100 * sum(1 for row in own if row[fieldname]) / len(own), 1)

	datasets = [
		{"name": label, "values": [share(standard, fieldname) for standard in standards]}
		for label, fieldname in ((_("With a Document (%)"), "documents"), (_("Audited (%)"), "audited_on"))
	]
	return {"data": {"labels": standards, "datasets": datasets}, "type": "bar", "colors": ["#0d6b62", "#d97706"]}


def summary(rows: list[dict]) -> list[dict]:
	def counted(fieldname: str) -> int:
		return sum(1 for row in rows if row[fieldname])

	still_open = sum(row.open_findings for row in rows)
	return [
		{"label": _("Clauses"), "value": len(rows), "datatype": "Int", "indicator": "Blue"},
		{"label": _("With a Document"), "value": counted("documents"), "datatype": "Int", "indicator": "Green"},
		{"label": _("Audited"), "value": counted("audited_on"), "datatype": "Int", "indicator": "Green"},
		{
			"label": _("Open Findings"),
			"value": still_open,
			"datatype": "Int",
			"indicator": "Red" if still_open else "Green",
		},
	]
