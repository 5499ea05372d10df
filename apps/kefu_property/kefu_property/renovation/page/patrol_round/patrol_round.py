"""Server side of the page Patrol Round: find the permit at the door, answer the checklist, send photos (D25)."""

import json

import frappe
from frappe import _
from frappe.utils import getdate, today

from kefu_property.renovation import permits, settings
from kefu_property.renovation.exceptions import PatrolIncomplete
from kefu_property.suite import attachments, row_rules, uploads

MOST_PHOTOS = 9


@frappe.whitelist()
def due() -> list[dict]:
	"""Works whose patrol is due by plan, the oldest first: `name`, `unit`, `building`, `code`, `next_patrol_on`, `status`."""
	if not frappe.has_permission("Renovation Patrol", "create"):
		_refuse()
	return frappe.get_list(
		"Renovation Permit",
		filters={"status": ["in", permits.RUNNING], "next_patrol_on": ["<=", today()]},
		fields=["name", "unit", "building", "applicant_name", "code", "next_patrol_on", "end_date", "status"],
		order_by="next_patrol_on, unit",
		limit=100,
	)


@frappe.whitelist()
def find(code: str) -> dict:
	"""The permit of a scanned or typed code with its checklist and open violations.

	`refused` says why no patrol can be sent: expired or no longer running. Raises UnknownPermit for a wrong code.
	"""
	if not frappe.has_permission("Renovation Patrol", "create"):
		_refuse()
	permit = permits.by_code(code)
	_check_project(permit.project)
	answer = {
		field: permit.get(field)
		for field in (
			"name",
			"project",
			"unit",
			"applicant_name",
			"status",
			"code",
			"start_date",
			"end_date",
			"contractor",
			"works",
			"working_hours",
			"conditions",
			"stop_reason",
			"last_patrol_on",
		)
	}
	answer["expired"] = getdate(permit.end_date) < getdate()
	answer["running"] = permit.status in permits.RUNNING
	answer["checks"] = settings.checks("Patrol")
	answer["workers"] = [
		{"worker_name": row.worker_name, "trade": row.trade, "pass_number": row.pass_number, "photo": row.photo}
		for row in permit.passes()
	]
	answer["violations"] = frappe.get_all(
		"Renovation Violation",
		filters={"permit": permit.name, "status": ["!=", "Closed"]},
		fields=["name", "kind", "status", "rectify_by"],
		order_by="creation",
	)
	return answer


@frappe.whitelist(methods=["POST"])
def send(code: str, lines: str, request_id: str, note: str | None = None) -> dict:
	"""Write one patrol; `lines` is a JSON list of `check_text`, `result`, `remark`, photos are in the request (`photos`).

	The same `request_id` sent again writes nothing and answers with the first patrol. Raises PermitNotValid for an
	expired permit, PatrolIncomplete, NotAPicture.
	"""
	if not frappe.has_permission("Renovation Patrol", "create"):
		_refuse()
	permit = permits.by_code(code)
	_check_project(permit.project)
	sent = frappe.db.get_value("Renovation Patrol", {"request_id": request_id}, ["name", "result"], as_dict=True)
	if sent:
		return sent
	permits.check_valid(permit)
	contents = attachments.uploads_of("photos", MOST_PHOTOS)
	for content in contents:  # all are looked at before anything is kept
		uploads.check_picture(content)
	name = frappe.generate_hash(length=10)
	doc = frappe.get_doc(
		{
			"doctype": "Renovation Patrol",
			"project": permit.project,
			"permit": permit.name,
			"request_id": request_id,
			"note": (note or "").strip()[:1000] or None,
			"lines": [_line(row) for row in json.loads(lines)[:50]],
			"photos": [{"image": attachments.store(content, "Renovation Patrol", name)} for content in contents],
		}
	)
	doc.flags.files_checked = True
	doc.insert(set_name=name)
	return {"name": doc.name, "result": doc.result}


def _line(row: dict) -> dict:
	if not isinstance(row, dict) or row.get("result") not in ("OK", "Problem", "Not Applicable"):
		frappe.throw(_("Answer every line of the checklist."), PatrolIncomplete)
	return {
		"check_text": str(row.get("check_text") or "")[:140],
		"result": row["result"],
		"remark": str(row.get("remark") or "")[:140] or None,
	}


def _refuse() -> None:
	frappe.throw(_("Your role may not write {0}.").format(_("Renovation Patrol")), frappe.PermissionError)


def _check_project(project: str) -> None:
	user = frappe.session.user
	if not row_rules.sees_all_projects(user) and project not in row_rules.projects_of(user):
		frappe.throw(_("You are not assigned to the project {0}.").format(project), frappe.PermissionError)
