"""Server side of the page Activity Check-in: who is expected, who is there, a scanned code (D16)."""

import frappe
from frappe import _

from kefu_property.community import registrations


@frappe.whitelist()
def today() -> list[dict]:
	"""Activities that are under way or start today: `name`, `title`, `venue`, `starts_on`, `workflow_state`, counters."""
	if not frappe.has_permission("Activity Registration", "write"):
		_refuse()
	day = frappe.utils.today()
	return frappe.get_list(
		"Community Activity",
		filters={"docstatus": 1, "workflow_state": ["in", ["Approved", "Under Way"]]},
		or_filters={"workflow_state": "Under Way", "starts_on": ["between", [day, day]]},
		fields=["name", "title", "venue", "starts_on", "workflow_state", "registered_count", "attended_count"],
		order_by="starts_on",
		limit=50,
	)


@frappe.whitelist()
def show(activity: str) -> dict:
	"""The activity with everybody who has a place: `people` rows `code`, `resident_name`, `unit`, `people`, `checked_in_on`."""
	doc = frappe.get_doc("Community Activity", activity)
	doc.check_permission("read")
	if not frappe.has_permission("Activity Registration", "write"):
		_refuse()
	return {
		"name": doc.name,
		"title": doc.title,
		"venue": doc.venue,
		"state": doc.workflow_state,
		"registered": doc.registered_count,
		"attended": doc.attended_count,
		"people": frappe.get_all(
			"Activity Registration",
			filters={"activity": doc.name, "status": "Has a Place"},
			fields=["code", "resident_name", "unit", "people", "checked_in_on", "checked_in_people"],
			order_by="unit, resident_name",
		),
	}


@frappe.whitelist(methods=["POST"])
def check_in(activity: str, code: str, people: int | None = None) -> dict:
	"""Note that a group is present; see `registrations.check_in`."""
	doc = frappe.get_doc("Community Activity", activity)
	doc.check_permission("read")
	if not frappe.has_permission("Activity Registration", "write"):
		_refuse()
	return registrations.check_in(code, doc.name, people)


def _refuse() -> None:
	frappe.throw(_("Your role may not write {0}.").format(_("Activity Registration")), frappe.PermissionError)
