"""Report Service Bookings and Ratings: bookings, cancellations, money and stars of each special service (D27)."""

from __future__ import annotations

from decimal import Decimal

import frappe
from frappe import _

from kefu_property.community import reporting
from kefu_property.rules.money import D


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None, list[dict]]:
	"""Columns, rows, no message, chart, summary. Filters: `project`, `from_date`, `to_date` (day of the service)."""
	bookings = frappe.get_all(
		"Service Booking",
		filters=reporting.where(filters, "service_date"),
		fields=["service", "service_name", "status", "charged", "stars"],
	)
	groups: dict[str, list] = {}
	for row in bookings:
		groups.setdefault(row.service, []).append(row)
	rows = sorted((_figures(name, found) for name, found in groups.items()), key=lambda row: -row["bookings"])
	columns = [
		reporting.column("service", _("Service"), "Link", 150, "Special Service"),
		reporting.column("service_name", _("Name"), width=180),
		reporting.column("bookings", _("Bookings"), "Int", 90),
		reporting.column("open", _("Unfinished"), "Int", 80),
		reporting.column("done", _("Done"), "Int", 80),
		reporting.column("cancelled", _("Cancelled"), "Int", 90),
		reporting.column("cancel_rate", _("Cancellation Rate"), "Percent", 120),
		reporting.column("charged", _("Charged"), "Currency", 120),
		reporting.column("stars", _("Stars"), "Float", 90),
		reporting.column("rated", _("Ratings"), "Int", 90),
	]
	summary = [
		{"label": _("Bookings"), "value": len(bookings), "datatype": "Int", "indicator": "Blue"},
		{"label": _("Done"), "value": sum(row["done"] for row in rows), "datatype": "Int", "indicator": "Green"},
		{"label": _("Charged"), "value": sum((row["charged"] for row in rows), Decimal(0)), "datatype": "Currency"},
	]
	chart = {
		"data": {
			"labels": [row["service_name"] for row in rows[:12]],
			"datasets": [{"name": _("Bookings"), "values": [row["bookings"] for row in rows[:12]]}],
		},
		"type": "bar",
	}
	return columns, rows, None, chart if rows else None, summary


def _figures(service: str, found: list) -> dict:
	stars = [row.stars for row in found if row.stars]
	done, cancelled = (sum(1 for row in found if row.status == state) for state in ("Done", "Cancelled"))
	return {
		"service": service,
		"service_name": found[0].service_name,
		"bookings": len(found),
		"done": done,
		"cancelled": cancelled,
		"open": len(found) - done - cancelled,
		"cancel_rate": reporting.percent(cancelled, len(found)),
		"charged": sum((D(row.charged) for row in found), Decimal(0)),
		"stars": round(sum(stars) / len(stars), 2) if stars else None,
		"rated": len(stars),
	}
