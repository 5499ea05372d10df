"""What the community desk says to other modules: services and activities to come of a person, and what we know of them."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import format_date, now_datetime, today

from kefu_property.community import bookings
from kefu_property.community.registrations import CANCELLED

SHEETS = {
	"Service Booking": ("service_name", "service_date", "unit", "status", "charged", "remark", "stars", "comment"),
	"Activity Registration": ("activity", "registered_on", "people", "status", "remark", "stars", "comment"),
	"Disclosure Objection": ("disclosure", "section", "raised_on", "text", "answer"),
	"Notice Read": ("notice", "read_on"),
}


def open_bookings(residents: list[str]) -> list[dict]:
	return frappe.get_all(
		"Service Booking",
		filters={"resident": ["in", residents or [""]], "status": ["in", bookings.OPEN]},
		fields=["name", "service_name", "service_date", "unit", "status"],
		order_by="service_date",
		limit=20,
	)


def coming_activities(residents: list[str]) -> list[dict]:
	"""Registrations in force for activities that are not over: `name`, `title`, `starts_on`, `people`, `status`."""
	row, activity = frappe.qb.DocType("Activity Registration"), frappe.qb.DocType("Community Activity")
	return (
		frappe.qb.from_(row)
		.join(activity)
		.on(activity.name == row.activity)
		.select(row.name, activity.title, activity.starts_on, row.people, row.status)
		.where(row.resident.isin(residents or [""]) & (row.status != CANCELLED) & (activity.ends_on >= now_datetime()))
		.orderby(activity.starts_on)
		.limit(20)
		.run(as_dict=True)
	)


def erasure(resident: str) -> list[str]:
	"""Extension point `erasure_checks`: who has a booking or an objection that waits is not erased (L22)."""
	reasons = [
		_("{0} is booked for {1}.").format(row.service_name, format_date(row.service_date))
		for row in open_bookings([resident])
	]
	waiting = frappe.db.count("Disclosure Objection", {"resident": resident, "status": "Waiting for Answer"})
	return reasons + ([_("{0} objections wait for an answer.").format(waiting)] if waiting else [])


def personal_data(resident: str) -> list[tuple[str, list[str], list]]:
	"""Extension point `personal_data_sheets`: bookings, registrations, objections and reading marks of a person (L22)."""
	sheets = []
	for doctype, fields in SHEETS.items():
		meta = frappe.get_meta(doctype)
		rows = frappe.get_all(  # lint: allow query-in-loop: four tables
			doctype, filters={"resident": resident}, fields=list(fields), as_list=True, order_by="creation"
		)
		titles = [_(meta.get_label(field)) for field in fields]  # lint: allow translate-dynamic: labels of the form
		sheets.append((_(doctype), titles, rows))  # lint: allow translate-dynamic: names of DocTypes
	return sheets


def front_desk(context) -> list[dict]:
	"""Extension point `front_desk_cards`: bookings and registrations to come, with the way to book (form as in `keys.checks`)."""
	if not frappe.has_permission("Service Booking"):
		return []
	residents = list(context.get("residents") or ())
	units = list(context.get("units") or ())
	items = [
		{
			"title": row.service_name,
			"text": f"{format_date(row.service_date)} · {_(row.status)}",
			"route": ["Form", "Service Booking", row.name],
			"indicator": "red" if str(row.service_date) < today() else "blue",
		}
		for row in open_bookings(residents)
	]
	items += [
		{
			"title": row.title,
			"text": f"{format_date(row.starts_on)} · {_(row.status)}",
			"route": ["Form", "Activity Registration", row.name],
			"indicator": "orange" if row.status == "Waiting" else "green",
		}
		for row in coming_activities(residents)
	]
	values = {
		"project": context.get("project"),
		"resident": residents[0] if residents else None,
		"unit": units[0] if units else None,
	}
	actions = [{"label": _("Book a Service"), "doctype": "Service Booking", "values": values}]
	return [{"key": "community", "title": _("Services and Activities"), "items": items, "actions": actions}]
