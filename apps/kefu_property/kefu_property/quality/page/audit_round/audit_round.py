"""Server side of the page Audit Round: the auditor answers the checklist on the way, each answer is kept at once (D18)."""

# No postponed annotations here: the framework converts what a page sends by them
import frappe
from frappe import _
from frappe.utils import getdate, today

from kefu_property.quality import checks
from kefu_property.quality.exceptions import AuditIncomplete

RUNNING = ("Planned", "In Progress")


@frappe.whitelist()
def mine() -> list[dict]:
	"""Audits of the user as lead auditor or auditor that are not reported yet, the earliest first."""
	if not frappe.has_permission("Internal Audit", "read"):
		frappe.throw(_("You may not read audits."), frappe.PermissionError)
	member = frappe.get_all(
		"Audit Area Member",
		filters={"parenttype": "Internal Audit", "user": frappe.session.user},
		pluck="parent",
	)
	rows = frappe.get_list(
		"Internal Audit",
		filters={"workflow_state": ["in", RUNNING]},
		or_filters={"lead_auditor": frappe.session.user, "name": ["in", member or [""]]},
		fields=["name", "project", "area", "planned_on", "workflow_state"],
		order_by="planned_on",
		limit=100,
	)
	names = {row.area for row in rows}
	areas = dict(
		frappe.get_all(
			"Audit Area", filters={"name": ["in", list(names) or [""]]}, fields=["name", "area_name"], as_list=True
		)
	)
	return [row | {"area": areas.get(row.area), "late": row.planned_on < getdate(today())} for row in rows]


@frappe.whitelist()
def load(audit: str) -> dict:
	"""An audit with its checklist: `name`, `area`, `state`, `editable`, `lines` (row, clause, title, question, result, evidence)."""
	doc = frappe.get_doc("Internal Audit", audit)
	doc.check_permission("read")
	titles = checks.clause_titles([row.clause for row in doc.checks])
	return {
		"name": doc.name,
		"area": frappe.db.get_value("Audit Area", doc.area, "area_name"),
		"state": doc.workflow_state,
		"editable": doc.workflow_state == "In Progress" and doc.has_permission("write"),
		"lines": [
			{
				"row": row.name,
				"clause": row.clause,
				"title": titles.get(row.clause),
				"question": row.question,
				"result": row.result or "",
				"evidence": row.evidence or "",
			}
			for row in doc.checks
		],
	}


@frappe.whitelist(methods=["POST"])
def answer(audit: str, row: str, result: str, evidence: str) -> dict:
	"""Keep the answer to one question; returns how many are `answered` of `all`. Two auditors may answer at the same time."""
	doc = frappe.get_doc("Internal Audit", audit, for_update=True)
	doc.check_permission("write")
	if doc.workflow_state != "In Progress":
		frappe.throw(_("Start the audit before you answer; a reported one stays as it is."), AuditIncomplete)
	line = next((entry for entry in doc.checks if entry.name == row), None)
	if not line:
		frappe.throw(_("This question is no longer in the checklist. Open the audit again."), AuditIncomplete)
	line.result, line.evidence = result, evidence.strip()
	doc.save()
	return {"answered": sum(1 for entry in doc.checks if entry.result), "all": len(doc.checks)}
