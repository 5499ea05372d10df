"""Server side of the page Inspection Round: tasks with their sheets to take along, a scanned label, answers of a check (D5)."""

import json

import frappe
from frappe import _
from frappe.utils import add_days, getdate

from kefu_property.inspection import rounds
from kefu_property.inspection.exceptions import CheckIncomplete, NotTheSender
from kefu_property.suite import row_rules

MOST_TASKS = 300
#: a missed check can be made up for during so many days
MISSED_DAYS = 7
TASK_FIELDS = (
	"name",
	"project",
	"facility",
	"facility_name",
	"location",
	"template",
	"scheduled_for",
	"due_on",
	"status",
	"assigned_to",
)


@frappe.whitelist()
def due() -> dict:
	"""Checks that wait for the signed-in user, with all that a phone needs to carry them out without a network.

	`tasks`, `templates` (sheet by template), `readings` (facility → item → last reading).
	"""
	if not frappe.has_permission("Inspection Task", "write"):
		_refuse()
	roles = set(frappe.get_roles())
	tasks = [
		row
		for row in frappe.get_list(
			"Inspection Task",
			filters={
				"status": ["in", rounds.OPEN],
				"scheduled_for": ["between", [add_days(getdate(), -MISSED_DAYS), getdate()]],
			},
			fields=[*TASK_FIELDS, "assigned_role", "facility.code"],
			order_by="`tabInspection Task`.scheduled_for, `tabInspection Task`.location, `tabInspection Task`.facility_name",
			limit=MOST_TASKS,
		)
		if row.assigned_to == frappe.session.user or (not row.assigned_to and _for_me(row.assigned_role, roles))
	]
	return {"tasks": tasks, **_sheets(tasks)}


@frappe.whitelist()
def find(code: str) -> dict:
	"""The facility of a scanned or typed label: its facts, open checks and defects, sheets for a check without plan.

	Raises UnknownFacility for a wrong code.
	"""
	if not frappe.has_permission("Inspection Task", "write"):
		_refuse()
	facility = rounds.facility_by_code(code)
	_check_project(facility.project)
	tasks = frappe.get_all(
		"Inspection Task",
		filters={
			"facility": facility.name,
			"status": ["in", rounds.OPEN],
			"scheduled_for": ["between", [add_days(getdate(), -MISSED_DAYS), add_days(getdate(), 7)]],
		},
		fields=list(TASK_FIELDS),
		order_by="scheduled_for",
		limit=20,
	)
	for row in tasks:
		row.code = facility.code
	templates = frappe.get_all(
		"Inspection Template", filters={"kind": facility.kind, "disabled": 0}, pluck="name", order_by="name"
	)
	return {
		"facility": {
			field: facility.get(field)
			for field in (
				"name",
				"project",
				"facility_name",
				"code",
				"category",
				"location",
				"status",
				"brand",
				"last_checked_on",
				"warranty_until",
			)
		},
		"tasks": tasks,
		"defects": frappe.get_all(
			"Rectification",
			filters={"facility": facility.name, "status": ["!=", "Closed"]},
			fields=["name", "item_text", "description", "status", "due_date"],
			order_by="due_date",
		),
		"extra": templates,
		**_sheets(tasks, templates, [facility.name]),
	}


@frappe.whitelist(methods=["POST"])
def send(
	answers: str,
	request_id: str,
	user: str,
	task: str | None = None,
	facility: str | None = None,
	template: str | None = None,
	code: str | None = None,
	performed_on: str | None = None,
	note: str | None = None,
) -> dict:
	"""Write one check: of a task, or without plan of a facility by a template; photos are in the request (`photos`).

	The same `request_id` sent again writes nothing and answers with the first. `user` is who made the check: with another login it is
	refused with NotTheSender. Raises TaskDone when somebody else finished the task, and what `rounds.finish` raises.
	"""
	if not frappe.has_permission("Inspection Task", "write"):
		_refuse()
	if user != frappe.session.user:
		frappe.throw(_("This check was made by {0}, who has to sign in to send it.").format(user), NotTheSender)
	if not 8 <= len(request_id or "") <= 60:
		frappe.throw(_("The check has no number of its own. Open it again."), CheckIncomplete)
	sent = rounds.already_sent(request_id)
	if sent:
		return sent
	doc, sent = rounds.claim(task, request_id) if task else (rounds.extra_task(facility, template), None)
	if sent:
		return sent
	_check_project(doc.project)
	doc = rounds.finish(doc, _answers(answers), request_id, code, performed_on, note)
	return {"name": doc.name, "result": doc.result, "status": doc.status}


def _answers(text: str) -> list[dict]:
	try:
		rows = json.loads(text)
	except ValueError:
		rows = None
	if not isinstance(rows, list):
		frappe.throw(_("The answers cannot be read. Open the check again."), CheckIncomplete)
	return rows[:100]


def _for_me(role: str | None, roles: set[str]) -> bool:
	return not role or role in roles or bool(roles & {"CS Supervisor", "Office Director"})


def _sheets(tasks: list[dict], templates: list[str] = (), facilities: list[str] = ()) -> dict:
	names = list(dict.fromkeys([*(row.template for row in tasks), *templates]))
	scanned = set(
		frappe.get_all("Inspection Template", filters={"name": ["in", names or [""]], "scan_required": 1}, pluck="name")
	)
	items = rounds.items_of(names)
	return {
		"templates": {name: {"scan": name in scanned, "items": items[name]} for name in names},
		"readings": {
			facility: {text: str(number) for text, number in rows.items()}
			for facility, rows in rounds.last_readings([*(row.facility for row in tasks), *facilities]).items()
		},
	}


def _refuse() -> None:
	frappe.throw(_("Your role may not write {0}.").format(_("Inspection Task")), frappe.PermissionError)


def _check_project(project: str) -> None:
	user = frappe.session.user
	if not row_rules.sees_all_projects(user) and project not in row_rules.projects_of(user):
		frappe.throw(_("You are not assigned to the project {0}.").format(project), frappe.PermissionError)
