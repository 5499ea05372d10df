"""Server side of the page Event Supervision: the safety sheet on a phone at the site (D6)."""

import json

import frappe
from frappe import _
from frappe.utils import add_days, now_datetime, today

from kefu_property.community.exceptions import SafetySheetIncomplete

RESULTS = ("OK", "Problem", "Not Applicable")


@frappe.whitelist()
def coming() -> list[dict]:
	"""Safety sheets that are not closed, of events from yesterday to the next two weeks."""
	if not frappe.has_permission("Event Safety Sheet", "write"):
		_refuse()
	return frappe.get_list(
		"Event Safety Sheet",
		filters={
			"workflow_state": ["!=", "Closed"],
			"starts_on": ["between", [add_days(today(), -1), add_days(today(), 14)]],
		},
		fields=["name", "event_title", "venue", "starts_on", "risk", "workflow_state", "incident_count"],
		order_by="starts_on",
		limit=50,
	)


@frappe.whitelist()
def show(sheet: str) -> dict:
	"""The sheet with checks, staff and incidents; `may_check` and `may_report` tell what can be done now."""
	doc = frappe.get_doc("Event Safety Sheet", sheet)
	doc.check_permission("read")
	fields = ("name", "event_title", "venue", "risk", "workflow_state", "expected_people", "emergency_plan")
	answer = {field: doc.get(field) for field in fields}
	answer["starts_on"] = str(doc.starts_on)
	answer["checks"] = [{key: row.get(key) for key in ("name", "check_text", "result", "remark")} for row in doc.checks]
	answer["staff"] = [{key: row.get(key) for key in ("staff_name", "post", "phone")} for row in doc.staff]
	answer["incidents"] = [
		{"kind": row.kind, "details": row.details, "happened_on": str(row.happened_on)} for row in doc.incidents
	]
	may_write = bool(doc.has_permission("write"))
	answer["may_check"] = may_write and doc.workflow_state == "Draft"
	answer["may_report"] = may_write and doc.workflow_state == "Signed Off"
	return answer


@frappe.whitelist(methods=["POST"])
def save_checks(sheet: str, lines: str) -> None:
	"""Keep the answers of the checks; `lines` is a JSON list of `name`, `result`, `remark`. Raises SafetySheetIncomplete."""
	doc = frappe.get_doc("Event Safety Sheet", sheet)
	doc.check_permission("write")
	answers = {row.get("name"): row for row in json.loads(lines)[:100] if isinstance(row, dict)}
	for row in doc.checks:
		given = answers.get(row.name, {})
		if not given.get("result"):
			continue
		if given["result"] not in RESULTS:
			frappe.throw(_("Choose OK, Problem or Not Applicable."), SafetySheetIncomplete)
		row.result, row.remark = given["result"], str(given.get("remark") or "")[:140] or None
	doc.save()


@frappe.whitelist(methods=["POST"])
def report_incident(sheet: str, kind: str, details: str, action_taken: str, injured: int = 0) -> None:
	"""Add an incident to a signed sheet, now."""
	doc = frappe.get_doc("Event Safety Sheet", sheet)
	doc.check_permission("write")
	if doc.workflow_state != "Signed Off":
		frappe.throw(_("Incidents are added between sign-off and closing."), SafetySheetIncomplete)
	doc.append(
		"incidents",
		{
			"happened_on": now_datetime(),
			"kind": kind,
			"details": details[:1000],
			"action_taken": action_taken[:1000],
			"injured": injured,
		},
	)
	doc.save()


def _refuse() -> None:
	frappe.throw(_("Your role may not write {0}.").format(_("Event Safety Sheet")), frappe.PermissionError)
