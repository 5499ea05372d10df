"""The disclosure board: live figures of the modules, frozen with a fingerprint when a period is published (L5)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import frappe
from frappe import _
from frappe.utils import format_date

from kefu_property.rules import community_rules as rules
from kefu_property.suite import state


@contextmanager
def site_language() -> Iterator[None]:
	"""What is published speaks the site's language, whoever publishes it."""
	before = frappe.local.lang
	frappe.local.lang = frappe.db.get_single_value("System Settings", "language") or before
	try:
		yield
	finally:
		frappe.local.lang = before


def collect(project: str, start: date, end: date) -> list[dict]:
	"""Sections of the board from the live data of all enabled modules (extension point `disclosure_items`).

	Each callable gets project, first and last day, and returns sections: `key` (one in the suite), `title`, `columns` (titles), `rows`
	(lists of text, one for each column), `note` (text, may be empty); all texts in the present language. Sections without rows are left out.
	"""
	with site_language():
		sections = [
			section
			for provider in state.contributions("disclosure_items")
			for section in provider(project, start, end)
			if section["rows"]
		]
	return [
		{
			"key": section["key"],
			"title": section["title"],
			"columns": [str(title) for title in section["columns"]],
			"rows": [[str(cell) for cell in row] for row in section["rows"]],
			"note": section.get("note") or "",
		}
		for section in sections
	]


def sections_of(doc) -> list[dict]:
	"""What a disclosure shows: the frozen figures once it is published, live ones before."""
	if doc.snapshot:
		return json.loads(doc.snapshot)
	return collect(doc.project, doc.from_date, doc.to_date)


def is_genuine(doc) -> bool:
	"""Whether the frozen figures are those that were published."""
	return bool(doc.snapshot) and rules.fingerprint(json.loads(doc.snapshot)) == doc.snapshot_hash


def own_items(project: str, start: date, end: date) -> list[dict]:
	"""Extension point `disclosure_items`: what the community desk itself publishes: activities and special services of the period."""
	activities = frappe.get_all(
		"Community Activity",
		filters={"project": project, "docstatus": 1, "starts_on": ["between", [start, end]]},
		fields=["title", "starts_on", "attended_count", "actual_total"],
		order_by="starts_on",
	)
	services = frappe.get_all(
		"Special Service",
		filters={"project": project, "workflow_state": "Offered"},
		fields=["service_name", "price", "price_unit"],
		order_by="service_name",
	)
	return [
		{
			"key": "activities",
			"title": _("Community Activities"),
			"columns": [_("Community Activity"), _("Date"), _("Number of People"), _("Cost (yuan)")],
			"rows": [
				[row.title, format_date(row.starts_on), row.attended_count, f"{row.actual_total:.2f}"]
				for row in activities
			],
		},
		{
			"key": "special_services",
			"title": _("Special Services and Prices"),
			"columns": [_("Service"), _("Price (yuan)"), _("Price per")],
			"rows": [[row.service_name, f"{row.price:.2f}", _(row.price_unit)] for row in services],
		},
	]
