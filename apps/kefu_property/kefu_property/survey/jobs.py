"""Scheduled work of the surveys."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import add_months, getdate, today

from kefu_property.suite.approval import system_step
from kefu_property.suite.notify import alert, staff_with_role
from kefu_property.survey import participation, results


def open_due() -> int:
	"""Daily: publish approved surveys whose first day has come. Returns how many."""
	names = frappe.get_all(
		"Satisfaction Survey", filters={"status": "Approved", "opens_on": ["<=", today()]}, pluck="name"
	)
	for name in names:
		doc = frappe.get_doc("Satisfaction Survey", name)  # lint: allow query-in-loop: a few surveys a day
		system_step(doc, "Open")
		doc.publish()
	return len(names)


def close_due() -> int:
	"""Daily: close surveys after their last day and tell who prepared them. Returns how many."""
	names = frappe.get_all("Satisfaction Survey", filters={"status": "Open", "closes_on": ["<", today()]}, pluck="name")
	for name in names:
		doc = frappe.get_doc("Satisfaction Survey", name)  # lint: allow query-in-loop: a few surveys a day
		system_step(doc, "Closed")
		doc.finish()
		alert(
			[doc.prepared_by or doc.owner],
			lambda doc=doc: _("{0} has ended with {1} answers. Write the conclusion.").format(doc.title, doc.answered),
			doc.doctype,
			doc.name,
		)
	return len(names)


def remind() -> int:
	"""Daily: remind those who have not answered open surveys. Returns the number of messages."""
	names = frappe.get_all("Satisfaction Survey", filters={"status": "Open", "send_messages": 1}, pluck="name")
	return sum(participation.send_messages(name, "survey_reminder") for name in names)


def tell_missing() -> int:
	"""Monthly: tell directors of projects that were not asked for too long (L14). Returns how many projects."""
	months = participation.settings("months_between")
	if not months:
		return 0
	limit = add_months(getdate(today()), -months)
	asked = set(
		frappe.get_all(
			"Satisfaction Survey",
			filters={"status": ["in", ["Open", *results.FINISHED]], "closes_on": [">=", limit]},
			pluck="project",
		)
	)
	projects = frappe.get_all("Property Project", filters={"status": "In Service"}, pluck="name")
	late = [project for project in projects if project not in asked]
	for project in late:
		alert(
			staff_with_role("Office Director", project),
			lambda: _("The residents were not surveyed for {0} months. Plan a satisfaction survey.").format(months),
			"Property Project",
			project,
		)
	return len(late)
