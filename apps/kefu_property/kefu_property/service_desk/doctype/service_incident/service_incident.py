"""An outage or event that many people report: one place to answer all of them at once (D3)."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime

from kefu_property.service_desk import actions, departments
from kefu_property.service_desk import case as rules
from kefu_property.service_desk.exceptions import StepRefused


class ServiceIncident(Document):
	def validate(self) -> None:
		if self.expected_until and get_datetime(self.expected_until) < get_datetime(self.started_on):
			frappe.throw(_("The incident cannot end before it began."), StepRefused)


def open_cases(incident: str) -> list[rules.Case]:
	return [
		frappe.get_doc(doctype, name)  # lint: allow query-in-loop: each case is changed by its own controller
		for doctype in departments.CASES
		for name in frappe.get_all(  # lint: allow query-in-loop: one query for each of the three kinds
			doctype, filters={"incident": incident, "status": ["in", rules.OPEN]}, pluck="name", order_by="creation"
		)
	]


def count_cases(incident: str) -> int:
	# lint: allow query-in-loop: one query for each of the three kinds
	total = sum(frappe.db.count(doctype, {"incident": incident}) for doctype in departments.CASES)
	frappe.db.set_value("Service Incident", incident, "case_count", total)
	return total


@frappe.whitelist()
def find_cases(name: str) -> list[dict]:
	"""Open cases of the incident's project that may belong to it: its category, its buildings, since it began."""
	incident = frappe.get_doc("Service Incident", name)
	incident.check_permission("read")
	codes = departments.parts(incident.buildings)
	buildings = (
		frappe.get_all(
			"Property Building", filters={"project": incident.project, "building_code": ["in", codes]}, pluck="name"
		)
		if codes
		else []
	)
	filters = {
		"project": incident.project,
		"status": ["in", rules.OPEN],
		"incident": ["is", "not set"],
		"received_on": [">=", frappe.utils.add_to_date(incident.started_on, hours=-2)],
	}
	if incident.category:
		filters["category"] = incident.category
	if buildings:
		filters["building"] = ["in", buildings]
	fields = ["name", "subject", "unit", "received_on", "status"]
	found = []
	for doctype in departments.CASES:
		rows = frappe.get_list(
			doctype, filters=filters, fields=fields, limit=200
		)  # lint: allow query-in-loop: one query for each of the three kinds
		found += [{"doctype": doctype, **row} for row in rows]
	return found


@frappe.whitelist(methods=["POST"])
def add_cases(name: str, cases: list | str) -> int:
	"""Put cases under the incident. `cases` are pairs of DocType and name. Returns how many it has now."""
	incident = frappe.get_doc("Service Incident", name)
	incident.check_permission("write")
	for doctype, case in frappe.parse_json(cases):
		doc = actions.load(doctype, case)
		doc.incident = incident.name
		doc.flags.system_step = True
		doc.save()
	return count_cases(name)


@frappe.whitelist(methods=["POST"])
def answer_all(name: str, text: str, resolve: bool = False) -> int:
	"""Answer everybody who reported the incident, and resolve their cases when it is over. Returns how many cases."""
	incident = frappe.get_doc("Service Incident", name)
	incident.check_permission("write")
	text = actions.need_reason(text)
	cases = open_cases(name)
	for doc in cases:
		doc.check_permission("write")
		actions.write_reply(doc, text, "Final Answer" if resolve else "Feedback")
		if resolve:
			doc.result = doc.result or text
			doc.assigned_to = doc.assigned_to or frappe.session.user
			doc.move(rules.RESOLVED)
	incident.answer = text
	if resolve:
		incident.status, incident.resolved_on = "Resolved", now_datetime()
	incident.save()
	count_cases(name)
	return len(cases)
