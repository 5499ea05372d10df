"""Server side of the page Handover Desk: the queue of the day (D24)."""

import frappe
from frappe import _
from frappe.query_builder.functions import Count
from frappe.utils import getdate

from kefu_property.handover import booking, visits
from kefu_property.registry import api as registry
from kefu_property.rules import handover_rules as rules
from kefu_property.suite import row_rules


@frappe.whitelist()
def get_projects() -> list[dict]:
	"""Projects of the user with approved batches, the one whose handover runs today first: `name`, `project_name`."""
	if not frappe.has_permission("Home Handover"):
		_refuse()
	day = getdate()
	rows = frappe.get_list(
		"Handover Batch",
		filters={"docstatus": 1},
		fields=["project", "from_date", "to_date"],
		order_by="from_date desc",
		limit=0,
	)
	running = {row.project for row in rows if row.from_date <= day <= row.to_date}
	names = sorted({row.project for row in rows}, key=lambda name: (name not in running, name))
	titles = dict(
		frappe.get_all(
			"Property Project",
			filters={"name": ["in", names or [""]]},
			fields=["name", "project_name"],
			as_list=True,
		)
	)
	return [{"name": name, "project_name": titles[name]} for name in names]


@frappe.whitelist()
def get_queue(project: str) -> dict:
	"""Who is expected, waits, is called, is served and is done today, and how far the handover is (`progress`)."""
	if not frappe.has_permission("Home Handover"):
		_refuse()
	check_project(project)
	table = frappe.qb.DocType("Home Handover")
	counts = dict(
		frappe.qb.from_(table)
		.select(table.status, Count("*"))
		.where(table.project == project)
		.groupby(table.status)
		.run()
	)
	done = sum(counts.get(status, 0) for status in rules.DONE)
	total = sum(counts.values())
	return visits.queue(project) | {"progress": {"done": done, "total": total, "percent": rules.share(done, total)}}


@frappe.whitelist()
def find(project: str, text: str) -> list[dict]:
	"""Homes to check in by unit code, buyer's name or last four digits of the phone: `name`, `unit_code`, `buyer_name`, `status`, `appointment`."""
	if not frappe.has_permission("Home Handover"):
		_refuse()
	check_project(project)
	text = (text or "").strip()
	if not text:
		return []
	like = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
	found = [["unit_code", "like", like], ["buyer_name", "like", like]]
	if text.isdecimal() and len(text) == 4:
		found.append(["resident", "in", registry.residents_by_last4(text, project) or [""]])
	return frappe.get_all(
		"Home Handover",
		filters={"project": project, "docstatus": 0},
		or_filters=found,
		fields=["name", "unit_code", "buyer_name", "status", "appointment", "queue_number"],
		order_by="unit_code",
		limit=20,
	)


@frappe.whitelist(methods=["POST"])
def check_in(name: str) -> int:
	"""The buyer has come. Returns the number of the day."""
	frappe.get_doc("Home Handover", name).check_permission("write")
	return visits.check_in(name)


@frappe.whitelist(methods=["POST"])
def call_next(project: str, desk: str) -> dict | None:
	"""Call whoever has waited longest; None when nobody waits."""
	if not frappe.has_permission("Home Handover", "write"):
		_refuse()
	check_project(project)
	return visits.call_next(project, desk)


@frappe.whitelist(methods=["POST"])
def call(name: str, desk: str) -> dict:
	"""Call one visitor, or once more."""
	frappe.get_doc("Home Handover", name).check_permission("write")
	return visits.call(name, desk)


@frappe.whitelist(methods=["POST"])
def absent(name: str) -> None:
	"""Whoever was called or expected did not come."""
	frappe.get_doc("Home Handover", name).check_permission("write")
	visits.absent(name)


@frappe.whitelist()
def free_slots(name: str) -> list[dict]:
	"""Appointments that the home can still get, for the desk."""
	doc = frappe.get_doc("Home Handover", name)
	doc.check_permission("read")
	return booking.free_slots(doc.batch)


@frappe.whitelist(methods=["POST"])
def book(name: str, slot: str) -> dict:
	"""Give a home an appointment for a buyer who calls."""
	frappe.get_doc("Home Handover", name).check_permission("write")
	return booking.book(name, slot, "Desk")


@frappe.whitelist(methods=["POST"])
def cancel_booking(name: str) -> None:
	"""Give an appointment back for a buyer who calls."""
	frappe.get_doc("Home Handover", name).check_permission("write")
	booking.cancel(name, "Desk")


def check_project(project: str) -> None:
	user = frappe.session.user
	if not row_rules.sees_all_projects(user) and project not in row_rules.projects_of(user):
		frappe.throw(_("You are not assigned to the project {0}.").format(project), frappe.PermissionError)


def _refuse() -> None:
	frappe.throw(_("Your role may not read {0}.").format(_("Home Handover")), frappe.PermissionError)
