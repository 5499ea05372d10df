"""Report Technician Work: what each technician has to do, how fast it is done, and what owners think of it (D7)."""

from __future__ import annotations

import frappe
from frappe import _

from kefu_property.rules import case_figures as rules
from kefu_property.rules.money import D, sum_money
from kefu_property.service_desk import statistics
from kefu_property.service_desk.case import OPEN


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None, list[dict]]:
	"""Columns, rows, no message, chart, summary. Filters: `project`, `from_date`, `to_date`."""
	filters = frappe._dict(filters or {}, kind="Repair Order")
	orders = statistics.cases(filters, "accepted_on", "repeat_of", "total", "quality_score", "quality_by")
	rows = []
	for user, found in statistics.grouped(orders, lambda row: row.assigned_to):
		rows.append({"technician": frappe.utils.get_fullname(user) if user else _("Not Assigned"), **figures(found)})
	return columns(), rows, None, chart(rows), summary(figures(orders))


def figures(orders: list[dict]) -> dict:
	done = [order for order in orders if order.status not in OPEN]
	hours = rules.average(rules.minutes(order.accepted_on, order.resolved_on) for order in done)
	return {
		"orders": len(orders),
		"open": len(orders) - len(done),
		"overdue": sum(1 for order in orders if order.deadline_state == "Overdue"),
		"done": len(done),
		"hours": round(hours / 60, 1) if hours is not None else None,
		"repeats": sum(1 for order in orders if order.repeat_of),
		"reopen_rate": rules.share(sum(1 for order in orders if order.reopen_count), len(orders)),
		"stars": rules.average((order.rating or None for order in orders), 2),
		"quality": rules.average(order.quality_score if order.quality_by else None for order in orders),
		"total": str(sum_money(D(str(order.total or 0)) for order in done)),
	}


def columns() -> list[dict]:
	return [
		{"label": _("Technician"), "fieldname": "technician", "fieldtype": "Data", "width": 150},
		{"label": _("Orders"), "fieldname": "orders", "fieldtype": "Int", "width": 80},
		{"label": _("Open"), "fieldname": "open", "fieldtype": "Int", "width": 80},
		{"label": _("Overdue"), "fieldname": "overdue", "fieldtype": "Int", "width": 80},
		{"label": _("Finished"), "fieldname": "done", "fieldtype": "Int", "width": 80},
		{"label": _("Hours of Work"), "fieldname": "hours", "fieldtype": "Float", "precision": 1, "width": 110},
		{"label": _("Repeat Repairs"), "fieldname": "repeats", "fieldtype": "Int", "width": 110},
		{"label": _("Reopen Rate"), "fieldname": "reopen_rate", "fieldtype": "Percent", "width": 110},
		{"label": _("Stars"), "fieldname": "stars", "fieldtype": "Float", "precision": 2, "width": 80},
		{"label": _("Quality Score"), "fieldname": "quality", "fieldtype": "Float", "precision": 1, "width": 110},
		{"label": _("Total"), "fieldname": "total", "fieldtype": "Currency", "width": 120},
	]


def chart(rows: list[dict]) -> dict | None:
	if not rows:
		return None
	datasets = [
		{"name": _("Open"), "values": [row["open"] for row in rows]},
		{"name": _("Finished"), "values": [row["done"] for row in rows]},
	]
	return {"data": {"labels": [row["technician"] for row in rows], "datasets": datasets}, "type": "bar"}


def summary(total: dict) -> list[dict]:
	return [
		{"label": _("Orders"), "value": total["orders"], "datatype": "Int", "indicator": "Blue"},
		{"label": _("Open"), "value": total["open"], "datatype": "Int", "indicator": "Orange"},
		{"label": _("Repeat Repairs"), "value": total["repeats"], "datatype": "Int"},
		{"label": _("Stars"), "value": total["stars"] or 0, "datatype": "Float"},
	]
