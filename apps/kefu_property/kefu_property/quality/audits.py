"""Internal audits: the year's programme, checklists by clause, findings that become nonconformities (D18)."""

# No postponed annotations here: the framework converts what a form sends by them
from datetime import date

import frappe
from frappe import _
from frappe.utils import getdate, today

from kefu_property.quality import checks, clauses, corrective
from kefu_property.quality.exceptions import OwnWork
from kefu_property.rules import quality_rules
from kefu_property.suite.notify import alert

MINOR, MAJOR = "Minor Nonconformity", "Major Nonconformity"
FINDINGS = {MINOR: "Minor", MAJOR: "Major"}
#: answers that need the evidence written down
NEED_EVIDENCE = (MINOR, MAJOR, "Observation")
ALL = "All Three"
#: days before an audit on which its auditors and the audited are told
TOLD_BEFORE = 7


def check_auditors(area: str, auditors: list[str], auditee: str | None = None) -> None:
	"""Refuse auditors who work in the area, lead it or answer for it. Raises OwnWork."""
	doc = frappe.get_cached_doc("Audit Area", area)
	own = {
		_("works in it"): [row.user for row in doc.members],
		_("is in charge of it"): [doc.responsible] if doc.responsible else [],
		_("answers the audit"): [auditee] if auditee else [],
	}
	found = quality_rules.own_work(auditors, own)
	if found:
		user, reason = found[0]
		frappe.throw(
			_("{0} cannot audit {1}: this person {2}. Choose somebody from elsewhere.").format(
				frappe.utils.get_fullname(user), doc.area_name, reason
			),
			OwnWork,
		)


@frappe.whitelist(methods=["POST"])
def create_audits(programme: str) -> list[str]:
	"""Plan the audits of an approved programme that are not planned yet; returns their names."""
	doc = frappe.get_doc("Audit Programme", programme, for_update=True)
	doc.check_permission("read")
	if not frappe.has_permission("Internal Audit", "create"):
		frappe.throw(_("You may not plan audits."), frappe.PermissionError)
	if doc.docstatus != 1:
		frappe.throw(_("The programme is not approved."), frappe.ValidationError)
	made = []
	for row in doc.lines:
		if row.audit:
			continue
		area = frappe.get_cached_doc("Audit Area", row.area)
		audit = frappe.get_doc(  # lint: allow query-in-loop: a new document, no query
			{
				"doctype": "Internal Audit",
				"project": doc.project,
				"programme": doc.name,
				"area": row.area,
				"planned_on": row.planned_on,
				"lead_auditor": row.lead_auditor,
				"auditee": area.responsible or (area.members[0].user if area.members else None),
				"clauses": [{"clause": name} for name in main_clauses(row.standards)],
			}
		)
		audit.flags.ignore_mandatory = True  # the person audited may still be open
		row.db_set("audit", audit.insert().name)
		made.append(audit.name)
	return made


def main_clauses(standards: str) -> list[str]:
	"""Clauses of a standard, or of all three, that have questions and are in use."""
	filters = {"disabled": 0, "questions": ["is", "set"]}
	if standards != ALL:
		filters["standard"] = standards
	return frappe.get_all("System Clause", filters=filters, pluck="name", order_by="lft")


@frappe.whitelist()
def questions(clauses_json: str) -> list[dict]:
	"""Questions of clauses (JSON list of names) for a checklist: `clause`, `question`, in the order of the clauses."""
	if not frappe.has_permission("System Clause", "read"):
		frappe.throw(_("You may not read the clauses."), frappe.PermissionError)
	names = frappe.parse_json(clauses_json)
	if not isinstance(names, list) or len(names) > 300:
		frappe.throw(_("Choose the clauses first."), frappe.ValidationError)
	rows = frappe.get_all(
		"System Clause",
		filters={"name": ["in", [str(name) for name in names] or [""]]},
		fields=["name", "standard", "clause_number", "title", "title_zh", "questions"],
	)
	rows.sort(key=lambda row: (row.standard, clauses.order(row.clause_number or "0")))
	found = []
	for row in rows:
		lines = [line.strip() for line in (row.questions or "").splitlines() if line.strip()]
		lines = lines or [_("{0}: how is it done here? Look at records.").format(checks.clause_title(row))]
		found += [{"clause": row.name, "question": line} for line in lines]
	return found


def open_findings(audit) -> list[str]:
	"""Draft a nonconformity for each finding of an audit that has none; returns their names."""
	made = []
	for row in audit.checks:
		if row.result not in FINDINGS or row.nonconformity:
			continue
		name = corrective.open_report(
			project=audit.project,
			source="Internal Audit",
			summary=row.evidence,
			description=f"{row.clause}: {row.question}\n{row.evidence}",
			area=audit.area,
			clause=row.clause,
			responsible=audit.auditee,
			severity=FINDINGS[row.result],
			audit=audit.name,
			found_by=audit.lead_auditor,
			found_on=audit.held_on,
		)
		row.db_set("nonconformity", name)
		made.append(name)
	return made


def announce(day: date | str | None = None) -> int:
	"""Daily: tell auditors and the audited a week ahead, and the lead auditor when the day went by. Returns the number of audits."""
	day = getdate(day or today())
	told = 0
	for row in frappe.get_all(
		"Internal Audit",
		filters={"workflow_state": "Planned", "planned_on": ["<=", frappe.utils.add_days(day, TOLD_BEFORE)]},
		fields=["name", "area", "planned_on", "lead_auditor", "auditee"],
	):
		days = (row.planned_on - day).days
		late = days < 0 and -days % TOLD_BEFORE == 0
		if days != TOLD_BEFORE and not late:
			continue
		text = (
			(lambda row=row: _("The audit {0} should have been held on {1}.").format(row.name, row.planned_on))
			if late
			else (lambda row=row: _("The audit {0} is on {1}.").format(row.name, row.planned_on))
		)
		alert([row.lead_auditor] if late else [row.lead_auditor, row.auditee], text, "Internal Audit", row.name)
		told += 1
	return told
