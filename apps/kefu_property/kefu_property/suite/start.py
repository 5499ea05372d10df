"""The start page of all staff: what waits for me today, and where I may work. Home of each role that names no other."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import strip_html

from kefu_property.suite import desk

WORKSPACE = "My Day"
BLOCK = "Kefu My Day"
#: rows of each list; the rest is a click away
LIMIT = 8


@frappe.whitelist()
# lint: allow whitelist-permission: for all staff; each list holds only what is addressed to the user or open to them
def my_day() -> dict:
	"""What waits for the signed-in staff member: approvals, tasks, notifications and the workspaces they may use.

	Each list holds at most LIMIT rows, newest first (tasks: by due date), beside the count of all.
	"""
	user = frappe.session.user
	if frappe.get_cached_value("User", user, "user_type") != "System User":
		frappe.throw(_("This page is for staff."), frappe.PermissionError)
	return {
		"approvals": approvals(user),
		"tasks": tasks(user),
		"notifications": notifications(user),
		"places": places(),
	}


def approvals(user: str) -> dict:
	"""Documents in a state from which the user's roles approve, without those that they prepared themselves."""
	transition, workflow = frappe.qb.DocType("Workflow Transition"), frappe.qb.DocType("Workflow")
	steps = (
		frappe.qb.from_(transition)
		.join(workflow)
		.on(transition.parent == workflow.name)
		.select(workflow.document_type, workflow.workflow_state_field, transition.state)
		.distinct()
		.where((workflow.is_active == 1) & (transition.allow_self_approval == 0))
		.where(transition.allowed.isin(frappe.get_roles(user)))
		.run()
	)
	states: dict[tuple[str, str], list[str]] = {}
	for doctype, field, state in steps:
		states.setdefault((doctype, field), []).append(state)
	rows, count = [], 0
	for (doctype, field), waiting in states.items():
		if not frappe.has_permission(doctype, "read", user=user):
			continue
		meta = frappe.get_meta(doctype)
		filters = [[field, "in", waiting], ["owner", "!=", user]]
		if meta.has_field("prepared_by"):
			filters.append(["prepared_by", "!=", user])
		# lint: allow query-in-loop: one for each kind of document that the role approves; it applies the project scope
		found = frappe.get_list(
			doctype,
			filters=filters,
			fields=["name", "modified", f"{meta.get_title_field()} as title", f"{field} as state"],
			order_by="modified desc",
			limit=100,
		)
		count += len(found)
		rows += [
			{
				"doctype": doctype,
				"name": row.name,
				"kind": _(doctype),
				"title": str(row.title or row.name),
				"state": _(row.state),
				"since": row.modified,
			}
			for row in found
		]
	return {"count": count, "rows": sorted(rows, key=lambda row: row["since"], reverse=True)[:LIMIT]}


def tasks(user: str) -> dict:
	"""Open ToDos and assignments of the user, those that are due first."""
	filters = {"allocated_to": user, "status": "Open"}
	found = frappe.get_all(
		"ToDo",
		filters=filters,
		fields=["name", "description", "date", "reference_type", "reference_name", "assigned_by_full_name"],
		order_by="creation desc",
		limit=100,
	)
	# what has no date comes last
	found = sorted(found, key=lambda row: str(row.date or "9999"))[:LIMIT]
	return {
		"count": frappe.db.count("ToDo", filters),
		"rows": [
			{
				"doctype": row.reference_type or "ToDo",
				"name": row.reference_name or row.name,
				"kind": _(row.reference_type or "ToDo"),
				"title": strip_html(row.description or "").strip()[:120] or row.reference_name,
				"due": row.date,
				"by": row.assigned_by_full_name,
			}
			for row in found
		],
	}


def notifications(user: str) -> dict:
	"""Unread notifications of the user."""
	filters = {"for_user": user, "read": 0}
	found = frappe.get_all(
		"Notification Log",
		filters=filters,
		fields=["name", "subject", "document_type", "document_name", "creation"],
		order_by="creation desc",
		limit=LIMIT,
	)
	return {
		"count": frappe.db.count("Notification Log", filters),
		"rows": [
			{
				"doctype": row.document_type or "Notification Log",
				"name": row.document_name or row.name,
				"title": strip_html(row.subject or ""),
				"since": row.creation,
			}
			for row in found
		],
	}


def places() -> list[dict]:
	"""Workspaces that hold something for the user, each with the shortcuts that they may open."""
	pages = [page for page in map(frappe._dict, desk.visible_workspaces()) if page.public and page.name != WORKSPACE]
	shortcuts = desk.allowed_shortcuts([page.name for page in pages])
	return [
		{
			"title": _(page.title),
			"route": f"/app/{frappe.scrub(page.title).replace('_', '-')}",
			"icon": page.icon,
			"shortcuts": shortcuts.get(page.name, [])[:6],
		}
		for page in pages
	]
