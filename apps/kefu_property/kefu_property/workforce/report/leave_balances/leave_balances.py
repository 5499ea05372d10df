"""Report Leave Balances: what each person may take, took, asked for and has left in a year."""

from __future__ import annotations

from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import cint, getdate, today

from kefu_property.workforce import leave, people, scope


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""Columns, a row per person and kind with entitlement. Filters: `project`, `year` (default this year), `leave_kind`."""
	return columns(), get_rows(frappe._dict(filters or {}))


def columns() -> list[dict]:
	def number(label: str, fieldname: str) -> dict:
		return {"label": label, "fieldname": fieldname, "fieldtype": "Float", "precision": 1, "width": 110}

	return [
		{
			"label": _("Staff Member"),
			"fieldname": "staff",
			"fieldtype": "Link",
			"options": "Staff Member",
			"width": 120,
		},
		{"label": _("Name"), "fieldname": "staff_name", "fieldtype": "Data", "width": 120},
		{"label": _("Leave Kind"), "fieldname": "leave_kind", "fieldtype": "Data", "width": 150},
		number(_("Entitled"), "entitled"),
		number(_("Days Taken"), "taken"),
		number(_("Days Waiting"), "waiting"),
		number(_("Left Over"), "left"),
		{
			"label": _("Project"),
			"fieldname": "project",
			"fieldtype": "Link",
			"options": "Property Project",
			"width": 110,
		},
	]


def get_rows(filters: frappe._dict) -> list[dict]:
	year = cint(filters.year) or getdate(today()).year
	staff = frappe.qb.DocType("Staff Member")
	query = (
		frappe.qb.from_(staff)
		.select(staff.name, staff.staff_name, staff.project)
		.where(staff.status.isin(people.IN_SERVICE))
		.orderby(staff.project, staff.staff_no)
	)
	files = {row.name: row for row in scope.limit(query, staff, filters, "name").run(as_dict=True)}
	wanted = {"disabled": 0, "has_balance": 1}
	if filters.leave_kind:
		wanted["name"] = filters.leave_kind
	kinds = frappe.get_all("Leave Kind", filters=wanted, fields=["name", "counts", "from_overtime"], order_by="name")
	figures = leave.year_figures(list(files), kinds, year)
	return [
		{
			"staff": name,
			"staff_name": file.staff_name,
			"project": file.project,
			"leave_kind": _(kind.name),
			**{key: float(value) for key, value in figures[name, kind.name].items()},
		}
		for name, file in files.items()
		for kind in kinds
		if any(figures[name, kind.name].values() or [Decimal(0)])
	]
